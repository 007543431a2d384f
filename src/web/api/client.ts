/** One way to the server: JSON in and out, the session's token against forged requests, refusals as RequestFailed. */
import { noAnswer, readProblem, RequestFailed } from "./problem.ts";

export const apiRoot = "/api/v1";

/** Values of a query string; what is undefined stays out of the address. */
export type QueryValues = Record<string, string | number | undefined>;

export type Call = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  query?: QueryValues;
  body?: unknown;
  /** a file goes as multipart, which fetch labels itself */
  form?: FormData;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

let csrf: string | undefined;
const lostSession = new Set<() => void>();

/** The session's token, sent with every unsafe request; the session query sets it. */
export function setCsrf(token: string | undefined): void {
  csrf = token;
}

export function csrfToken(): string | undefined {
  return csrf;
}

/** Calls back when the server no longer knows the session. Returns how to stop listening. */
export function onSessionLost(listener: () => void): () => void {
  lostSession.add(listener);
  return () => lostSession.delete(listener);
}

export function addressOf(path: string, query: QueryValues = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [[name, String(value)]],
  );
  const search = new URLSearchParams(given).toString();
  return `${apiRoot}${path}${search === "" ? "" : `?${search}`}`;
}

/** Sends one request. Throws RequestFailed for a refusal, for no answer and for an answer that is not JSON. */
export async function send<Answer>(call: Call): Promise<Answer> {
  const response = await ask(call, "application/json");
  if (response.status === 204) return undefined as Answer;
  return (await response.json().catch(() => {
    throw new RequestFailed({
      status: response.status,
      code: "NOT_JSON",
      titles: { zh: "服务器的回答无法读取", en: "The server's answer could not be read" },
    });
  })) as Answer;
}

/** Sends one request whose answer is a file. Throws RequestFailed for a refusal and for no answer. */
export async function receiveFile(call: Call): Promise<Blob> {
  const response = await ask(call, "*/*");
  return response.blob().catch(() => {
    throw new RequestFailed(noAnswer);
  });
}

async function ask(call: Call, accept: string): Promise<Response> {
  const headers = new Headers(call.headers);
  headers.set("accept", accept);
  if (call.method !== "GET" && csrf !== undefined) headers.set("x-csrf-token", csrf);
  if (call.body !== undefined) headers.set("content-type", "application/json");
  const response = await fetch(addressOf(call.path, call.query), {
    method: call.method,
    headers,
    body: call.form ?? (call.body === undefined ? undefined : JSON.stringify(call.body)),
    credentials: "same-origin",
    signal: call.signal,
  }).catch((error: unknown) => {
    if (call.signal?.aborted === true) throw error;
    throw new RequestFailed(noAnswer);
  });
  if (response.ok) return response;
  const problem = await readProblem(response);
  if (response.status === 401 && call.path !== "/session") for (const listener of lostSession) listener();
  throw new RequestFailed(problem);
}
