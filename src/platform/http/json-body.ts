/** JSON bodies: refused with the place of the fault, which the server's own parser keeps to itself. */
import type { FastifyInstance } from "fastify";
import { defineProblem } from "../problem.ts";
import type { Problem } from "../problem.ts";

const MALFORMED_JSON = defineProblem("MALFORMED_JSON", 400, "不是合格的 JSON", "Malformed JSON");

/** Reads JSON as Fastify does, refusing keys that reach for a prototype; the error names line and column. */
export function parseJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    const text = String(body);
    // Only the error is replaced: an empty body keeps the server's own words.
    void parse(request, text, (error, value) => {
      const invalid = error !== null && (error as { code?: string }).code === "FST_ERR_CTP_INVALID_JSON_BODY";
      done(invalid ? describeFault(text) : error, value);
    });
  });
}

/** Longer bodies come from programs, and looking for the place takes several readings. */
const LONGEST_SEARCHED = 200_000;

export function describeFault(text: string): Problem {
  const reason = reasonOf(text);
  if (reason === undefined) {
    const [zh, en] = ["不允许 __proto__ 等键名", "Keys such as __proto__ are not allowed"];
    return MALFORMED_JSON({ detail: { zh, en } });
  }
  const offset = text.length > LONGEST_SEARCHED ? undefined : findFault(text);
  if (offset === undefined) return MALFORMED_JSON({ detail: { zh: `JSON 解析失败：${reason}`, en: reason } });
  const lines = text.slice(0, offset).split("\n");
  const [line, column] = [lines.length, (lines.at(-1) as string).length + 1];
  const en = `Malformed JSON at line ${line} column ${column}: ${reason}`;
  const zh = `JSON 第 ${line} 行第 ${column} 个字符处有误：${reason}`;
  const place = { code: "MALFORMED_JSON", line, column: String(column), zh, en };
  return MALFORMED_JSON({ detail: { zh, en }, places: [place] });
}

/** Without the quotation of the text, which may be long. */
function reasonOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/,? "[^]*/, "").replace(/ in JSON at position.*/, "");
  }
}

/** Offset of the first character that cannot be: every beginning before it only lacks its end. */
function findFault(text: string): number {
  let [good, bad] = [0, text.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isBeginning(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function isBeginning(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const { message } = error as Error;
    if (message === "Unexpected end of JSON input" || message.startsWith("Unterminated string")) return true;
    return Number(/at position (\d+)/.exec(message)?.[1]) >= text.length;
  }
}
