/** Sends a return's workbook to a running server, as the page does: for units that fill in by a program. */
import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { ReturnPage, ReturnView, UploadView } from "../../domains/returns/contract.ts";
import { UsageError, note, say } from "../command.ts";
import type { Command } from "../command.ts";

const usage = `usage: taizhang return upload FILE --form CODE --period PERIOD [--url URL] [--submit] [--marked OUT.xlsx]

  FILE      the template as it was downloaded, or any .xlsx with the right headings
  --form    code of the form, for instance township-economy
  --period  2016-08, 2016-08T1 (the first ten days), 2016Q3, 2016
  --url     the server; http://127.0.0.1:8140 when absent
  --submit  submit it when nothing is left to mend or explain
  --marked  keep a copy of the workbook with every problem at its cell

  TAIZHANG_TOKEN holds an API token of the unit's post (page 接口令牌). A lost connection is tried again; the same file
  is entered once. What was found goes to standard output, one a line: severity, sheet!cell, what and how to mend.
  hard is to be mended, soft to be explained or looked at, note says how something was read: a formula, a column too many.
  Exit status 0: entered, nothing but notes; 1: refused, or something hard or soft; 2: called wrongly.`;

/** Seconds before each further attempt. */
const PAUSES = [1, 2, 4, 8, 15];

export const returns: Command = {
  summary: "send a return's workbook to a running server",
  usage,
  needsNoSettings: true,
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        form: { type: "string" },
        period: { type: "string" },
        url: { type: "string", default: "http://127.0.0.1:8140" },
        submit: { type: "boolean", default: false },
        marked: { type: "string" },
      },
      allowPositionals: true,
    });
    const [action, file] = positionals;
    const { form, period, url, marked } = values;
    if (action !== "upload" || file === undefined) throw new UsageError("which file?");
    if (form === undefined || period === undefined) throw new UsageError("--form and --period are needed");
    if (!URL.canParse(url)) throw new UsageError("--url takes an address such as http://127.0.0.1:8140");
    const token = process.env["TAIZHANG_TOKEN"];
    if (token === undefined || token === "") throw new UsageError("TAIZHANG_TOKEN is not set");
    const bytes = await readFile(file).catch(() => {
      throw new UsageError(`there is no file ${file}`);
    });
    const server = new URL("/api/v1/", url);
    return send(
      { server, token },
      { bytes, name: basename(file), form, period, submit: values.submit, marked },
    );
  },
};

type Server = { server: URL; token: string };
type Sending = {
  bytes: Buffer;
  name: string;
  form: string;
  period: string;
  submit: boolean;
  marked: string | undefined;
};

async function send(at: Server, sending: Sending): Promise<number> {
  const { bytes, name, form, period } = sending;
  const query = new URLSearchParams({ of: "mine", form, period });
  const page = (await ask(at, `returns?${query}`)) as ReturnPage;
  const [one] = page.items;
  if (one === undefined) throw new Error(`nothing is due of ${form} for ${period} by this post's unit`);
  const body = (): FormData => {
    const data = new FormData();
    data.set("file", new Blob([new Uint8Array(bytes)]), name);
    return data;
  };
  const sent = (await ask(at, `returns/${one.id}/workbook`, { method: "POST", body })) as UploadView;
  for (const problem of sent.problems)
    say(`${problem.severity}\t${placeOf(problem)}\t${problem.zh}\t${problem.en}`);
  note(
    sent.repeated
      ? `the same file was read before (${sent.file.at}); nothing was entered again`
      : sent.isEntered
        ? `entered: ${sent.rows} rows, ${sent.problemCount} points to look at`
        : `not entered: ${sent.problemCount} problems`,
  );
  if (sending.marked !== undefined)
    await writeFile(
      sending.marked,
      new Uint8Array(
        (await ask(at, `returns/${one.id}/files/${sent.file.id}/marked`, { raw: true })) as ArrayBuffer,
      ),
    );
  const isClean = sent.isEntered && sent.problems.every(({ severity }) => severity === "note");
  if (!sending.submit || !isClean) return isClean ? 0 : 1;
  await submit(at, sent.brief);
  return 0;
}

function placeOf({ sheet, cell }: UploadView["problems"][number]): string {
  return cell === null ? sheet : `${sheet}!${cell}`;
}

/** When the answer was lost, a second attempt meets its own first one. */
async function submit(at: Server, { id, step }: UploadView["brief"]): Promise<void> {
  const body = JSON.stringify({ verb: "submit", step });
  try {
    await ask(at, `returns/${id}/steps`, { method: "POST", body: () => body });
  } catch (error) {
    const { brief } = (await ask(at, `returns/${id}`)) as ReturnView;
    if (brief.status !== "submitted" || brief.step !== step + 1) throw error;
  }
  note("submitted");
}

type Asked = { method?: string; body?: () => FormData | string; raw?: boolean };

/** A refusal is final; a connection that is lost, be it amid the answer, or a server that is starting, is waited for. */
async function ask(at: Server, path: string, { method = "GET", body, raw }: Asked = {}): Promise<unknown> {
  for (let attempt = 0; ; attempt++) {
    const pause = PAUSES[attempt];
    const answer = await request(at, path, method, body?.())
      .then(async (response) => ({ response, content: await contentOf(response, raw) }))
      .catch((error: unknown) => {
        if (pause === undefined) throw new Error(`no connection to ${at.server.origin}`, { cause: error });
        return undefined;
      });
    if (answer?.response.ok) return answer.content;
    if (answer !== undefined && (answer.response.status < 502 || pause === undefined))
      throw new Error(await refusalOf(answer.response));
    note(`no answer; trying again in ${pause ?? 0} s`);
    await wait((pause ?? 0) * 1000);
  }
}

function request(
  { server, token }: Server,
  path: string,
  method: string,
  body?: FormData | string,
): Promise<Response> {
  const headers: Record<string, string> = { authorization: `Bearer ${token}` };
  if (typeof body === "string") headers["content-type"] = "application/json";
  return fetch(new URL(path, server), { method, headers, ...(body === undefined ? {} : { body }) });
}

async function contentOf(response: Response, raw = false): Promise<unknown> {
  if (!response.ok) return undefined;
  return raw ? response.arrayBuffer() : response.json();
}

async function refusalOf(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => ({}))) as {
    titles?: { zh: string; en: string };
    details?: { zh: string; en: string };
    problems?: { zh: string; field?: string }[];
  };
  const places = (problem.problems ?? []).slice(0, 20).map(({ field, zh }) => `\n  ${field ?? ""} ${zh}`);
  const said = [problem.titles?.zh, problem.titles?.en, problem.details?.zh, problem.details?.en];
  return `${said.filter((part) => part !== undefined).join("; ")}${places.join("")} (${response.status})`;
}
