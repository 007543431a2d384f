/** Configuration by environment, checked once at start: every wrong value is named with what it should be. */
import { resolve } from "node:path";
import { parseDatabaseUrl } from "./db/connection.ts";
import type { Connection } from "./db/connection.ts";
import type { SealingCipher } from "./sealing/sealer.ts";

export type Config = {
  port: number;
  host: string;
  /** absolute path of the data directory: embedded database, secrets, audit heads */
  dataDir: string;
  /** one's own PostgreSQL instead of the embedded one */
  database: Connection | undefined;
  /** public address when behind a proxy; https makes cookies Secure */
  publicUrl: URL | undefined;
  trustProxy: boolean;
  logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "silent";
  idleMinutes: number;
  sessionHours: number;
  auditHash: "sha256" | "sm3";
  /** seals personal data at rest */
  cipher: SealingCipher;
  /** largest upload in bytes */
  uploadLimit: number;
  poolSize: number;
  /** smtp(s)://user:password@host:port; undefined: no e-mail is sent */
  smtpUrl: URL | undefined;
  mailFrom: string;
  /** address of a group robot of WeCom or DingTalk; undefined: none is told */
  chatWebhook: URL | undefined;
  /** whether the group is told whose return is late */
  chatNames: boolean;
};

export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`configuration:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "ConfigError";
    this.problems = problems;
  }
}

type Environment = Record<string, string | undefined>;

/**
 * @throws ConfigError listing every wrong value, not only the first
 */
export function readConfig(env: Environment): Config {
  const problems: string[] = [];
  const attempt = <T>(read: () => T, fallback: T): T => {
    try {
      return read();
    } catch (error) {
      problems.push((error as Error).message);
      return fallback;
    }
  };
  const integer = (name: string, fallback: number, min: number, max: number): number =>
    attempt(() => readInteger(env, name, fallback, [min, max]), fallback);
  const oneOf = <T extends string>(name: string, values: readonly T[], fallback: T): T =>
    attempt(() => readOneOf(env, name, values, fallback), fallback);

  const config: Config = {
    port: integer("PORT", 8140, 0, 65535),
    host: env["HOST"] || "127.0.0.1",
    dataDir: resolve(env["TAIZHANG_DATA"] || "data"),
    database: attempt(
      () => (env["DATABASE_URL"] ? parseDatabaseUrl(env["DATABASE_URL"]) : undefined),
      undefined,
    ),
    publicUrl: attempt(() => readUrl(env, "TAIZHANG_PUBLIC_URL"), undefined),
    trustProxy: oneOf("TAIZHANG_TRUST_PROXY", ["yes", "no"], "no") === "yes",
    logLevel: oneOf("TAIZHANG_LOG", ["fatal", "error", "warn", "info", "debug", "silent"], "info"),
    idleMinutes: integer("TAIZHANG_IDLE_MINUTES", 30, 1, 24 * 60),
    sessionHours: integer("TAIZHANG_SESSION_HOURS", 12, 1, 24 * 7),
    auditHash: oneOf("TAIZHANG_AUDIT_HASH", ["sha256", "sm3"], "sm3"),
    cipher: oneOf("TAIZHANG_CIPHER", ["aes-256-gcm", "sm4"], "aes-256-gcm"),
    uploadLimit: integer("TAIZHANG_UPLOAD_MB", 100, 1, 10_000) * 1024 * 1024,
    poolSize: integer("TAIZHANG_POOL", 10, 1, 200),
    smtpUrl: attempt(() => readUrl(env, "TAIZHANG_SMTP_URL"), undefined),
    mailFrom: env["TAIZHANG_MAIL_FROM"] || "taizhang@localhost",
    chatWebhook: attempt(() => readUrl(env, "TAIZHANG_CHAT_WEBHOOK"), undefined),
    chatNames: oneOf("TAIZHANG_CHAT_NAMES", ["yes", "no"], "no") === "yes",
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function readInteger(env: Environment, name: string, fallback: number, [min, max]: [number, number]): number {
  const text = env[name];
  if (text === undefined || text === "") return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new Error(`${name} is "${text}"; it should be a whole number from ${min} to ${max}`);
  }
  return value;
}

function readOneOf<T extends string>(env: Environment, name: string, values: readonly T[], fallback: T): T {
  const text = env[name];
  if (text === undefined || text === "") return fallback;
  if (!values.includes(text as T))
    throw new Error(`${name} is "${text}"; it should be one of ${values.join(", ")}`);
  return text as T;
}

function readUrl(env: Environment, name: string): URL | undefined {
  const text = env[name];
  if (!text) return undefined;
  // What stands there may hold a password: it is not repeated.
  if (!URL.canParse(text))
    throw new Error(`${name} is wrong; it should be an address such as https://taizhang.example.gov.cn`);
  return new URL(text);
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
