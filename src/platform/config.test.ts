import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { ConfigError, isLoopback, readConfig } from "./config.ts";

const defaults = readConfig({});

/** Problems of an environment; empty when it is good. */
function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test("without any setting the program listens on this machine only, with its own database", () => {
  expect(defaults).toEqual({
    port: 8140,
    host: "127.0.0.1",
    dataDir: resolve("data"),
    database: undefined,
    publicUrl: undefined,
    trustProxy: false,
    logLevel: "info",
    idleMinutes: 30,
    sessionHours: 12,
    auditHash: "sm3",
    cipher: "aes-256-gcm",
    uploadLimit: 100 * 1024 * 1024,
    poolSize: 10,
    smtpUrl: undefined,
    mailFrom: "taizhang@localhost",
    chatWebhook: undefined,
    chatNames: false,
  });
  expect(readConfig({ PORT: "", DATABASE_URL: "", TAIZHANG_LOG: "", TAIZHANG_PUBLIC_URL: "" })).toEqual(
    defaults,
  );
});

test.each<[Record<string, string>, Partial<typeof defaults>]>([
  [{ PORT: "0" }, { port: 0 }],
  [{ PORT: "65535" }, { port: 65_535 }],
  [{ HOST: "0.0.0.0" }, { host: "0.0.0.0" }],
  [{ TAIZHANG_DATA: "/srv/taizhang" }, { dataDir: "/srv/taizhang" }],
  [{ TAIZHANG_TRUST_PROXY: "yes" }, { trustProxy: true }],
  [{ TAIZHANG_AUDIT_HASH: "sha256" }, { auditHash: "sha256" }],
  [{ TAIZHANG_CIPHER: "sm4" }, { cipher: "sm4" }],
  [{ TAIZHANG_UPLOAD_MB: "5" }, { uploadLimit: 5 * 1024 * 1024 }],
  [{ TAIZHANG_PUBLIC_URL: "https://tz.example.gov.cn" }, { publicUrl: new URL("https://tz.example.gov.cn") }],
  [
    { DATABASE_URL: "postgres://me:p%40ss@db.example:6432/ledger?sslmode=require" },
    {
      database: {
        user: "me",
        password: "p@ss",
        host: "db.example",
        port: 6432,
        database: "ledger",
        ssl: true,
      },
    },
  ],
])("%j is taken", (env, wanted) => expect(readConfig(env)).toEqual({ ...defaults, ...wanted }));

describe("a wrong value is named, with what it should be", () => {
  test.each<[string, string, RegExp]>([
    ["PORT", "http", /PORT is "http".* whole number from 0 to 65535/],
    ["PORT", "65536", /0 to 65535/],
    ["PORT", "-1", /PORT is "-1"/],
    ["PORT", "80.5", /whole number/],
    ["PORT", "0x50", /whole number/],
    ["PORT", " 80", /whole number/],
    ["TAIZHANG_TRUST_PROXY", "true", /yes, no/],
    ["TAIZHANG_LOG", "loud", /one of fatal, error, warn/],
    ["TAIZHANG_IDLE_MINUTES", "0", /1 to 1440/],
    ["TAIZHANG_SESSION_HOURS", "169", /1 to 168/],
    ["TAIZHANG_AUDIT_HASH", "md5", /sha256, sm3/],
    ["TAIZHANG_CIPHER", "des", /aes-256-gcm, sm4/],
    ["TAIZHANG_UPLOAD_MB", "0", /1 to 10000/],
    ["TAIZHANG_POOL", "1000", /1 to 200/],
    ["TAIZHANG_PUBLIC_URL", "tz.example.gov.cn", /an address such as https/],
    ["DATABASE_URL", "db.example/ledger", /not a URL.*postgres:\/\/user/],
    ["DATABASE_URL", "mysql://me@db/ledger", /begins with mysql:\/\/, it should begin with postgres/],
    ["DATABASE_URL", "postgres://me@db", /names no database/],
    ["DATABASE_URL", "postgres://db/ledger", /names no user/],
  ])("%s=%s", (name, value, message) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(message);
    expect(problems[0]).toContain(name);
  });

  test("all of them at once, and a password in the address is not repeated", () => {
    const env = {
      PORT: "x",
      TAIZHANG_LOG: "x",
      TAIZHANG_POOL: "x",
      DATABASE_URL: "postgres://me:secret-47@db",
    };
    expect(problemsOf(env)).toHaveLength(4);
    expect(() => readConfig(env)).toThrow(/PORT[^]*TAIZHANG_LOG|DATABASE_URL[^]*PORT/);
    expect(problemsOf(env).join()).not.toContain("secret-47");
  });
});

test.each([
  ["127.0.0.1", true],
  ["127.8.8.8", true],
  ["localhost", true],
  ["::1", true],
  ["0.0.0.0", false],
  ["::", false],
  ["10.0.0.1", false],
  ["127.evil.example", false],
  ["localhost.example", false],
])("%s is this machine only: %s", (host, wanted) => expect(isLoopback(host)).toBe(wanted));
