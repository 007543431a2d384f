/** How PostgreSQL is reached: the administrator's connection and the two logins derived from it. */
import { createHmac } from "node:crypto";

/** Plain connection parameters; `host` may be a directory that holds a Unix socket. */
export type Connection = {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  ssl?: boolean;
};

/**
 * Reads `postgres://user:password@host:port/database?sslmode=…`.
 * @throws Error that says which part is wrong
 */
export function parseDatabaseUrl(text: string): Connection {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new Error(
      "DATABASE_URL is not a URL; it should look like postgres://user:password@host:5432/taizhang",
    );
  }
  if (url.protocol !== "postgres:" && url.protocol !== "postgresql:") {
    throw new Error(`DATABASE_URL begins with ${url.protocol}//, it should begin with postgres://`);
  }
  const database = decodeURIComponent(url.pathname.slice(1));
  if (database === "")
    throw new Error("DATABASE_URL names no database; put it after the host: …:5432/taizhang");
  if (url.username === "") throw new Error("DATABASE_URL names no user");
  // The passwords of the application's own logins follow from it: without one anybody could work them out.
  if (url.password === "")
    throw new Error("DATABASE_URL has no password; give the user one: postgres://user:password@…");
  const mode = url.searchParams.get("sslmode") ?? "prefer";
  return {
    host: url.searchParams.get("host") ?? decodeURIComponent(url.hostname),
    port: url.port === "" ? 5432 : Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database,
    ssl: mode === "require" || mode === "verify-ca" || mode === "verify-full",
  };
}

/**
 * The login of the application (or of the job queue): not the administrator's, so that a leak of the
 * application's connection neither owns a table nor passes row-level security. Its password follows from the
 * administrator's, so that several servers on one database agree without sharing a file.
 */
export function loginAs(role: "taizhang_app" | "taizhang_jobs", admin: Connection): Connection {
  return { ...admin, user: role, password: derivedPassword(role, admin) };
}

export function derivedPassword(role: string, admin: Connection): string {
  return createHmac("sha256", admin.password).update(`taizhang login ${role}`).digest("hex");
}
