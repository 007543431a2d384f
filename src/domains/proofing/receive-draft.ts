/** An uploaded draft and the fields beside it, in whatever order they come. */
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { INVALID_REQUEST, TOO_LARGE } from "../../platform/problem.ts";
import type { DraftFile } from "./actions.ts";
import { LedgerFields } from "./contract.ts";
import { mostFileMegabytes } from "./core/draft-limits.ts";
import { DRAFT_UNREADABLE } from "./problems.ts";
import { draftKindOf } from "./read-draft.ts";

export type Received = { readonly file: DraftFile; readonly fields: ReadonlyMap<string, string> };

const megabyte = 1024 * 1024;

/** @throws INVALID_REQUEST, TOO_LARGE, DRAFT_TYPE_UNKNOWN before the bytes are read, DRAFT_UNREADABLE without a file */
export async function receiveDraft(request: FastifyRequest, uploadLimit: number): Promise<Received> {
  if (!request.isMultipart())
    throw INVALID_REQUEST({
      detail: { zh: "请以 multipart/form-data 上传文件", en: "Send the file as multipart/form-data" },
    });
  const fileSize = Math.min(uploadLimit, mostFileMegabytes * megabyte);
  const { file, fields } = await readParts(request, fileSize).catch((error: unknown) => {
    throw isTooLarge(error) ? tooLarge(fileSize) : error;
  });
  if (file === undefined)
    throw DRAFT_UNREADABLE({ detail: { zh: "没有收到文件", en: "No file was received" } });
  return { file, fields };
}

type Parts = { file: DraftFile | undefined; fields: Map<string, string> };

async function readParts(request: FastifyRequest, fileSize: number): Promise<Parts> {
  const limits = { fileSize, files: 1, fields: 8, fieldSize: megabyte };
  const parts: Parts = { file: undefined, fields: new Map() };
  for await (const part of request.parts({ limits })) {
    if (part.type === "file") {
      draftKindOf(part.filename);
      parts.file = { name: part.filename.slice(-200), bytes: await part.toBuffer() };
    } else if (typeof part.value === "string") {
      if (part.valueTruncated) throw TOO_LARGE();
      parts.fields.set(part.fieldname, part.value);
    }
  }
  return parts;
}

function isTooLarge(error: unknown): boolean {
  return (error as { code?: unknown }).code === "FST_REQ_FILE_TOO_LARGE";
}

function tooLarge(limit: number): Error {
  const most = Math.floor(limit / megabyte);
  return TOO_LARGE({
    detail: {
      zh: `文件最大 ${most} MB；请删去图片，或复制文字粘贴到校核页`,
      en: `A file may have ${most} MB; take the pictures out, or paste its text`,
    },
  });
}

const Keys = z.array(z.string().max(2000)).max(10_000);

/** @throws INVALID_REQUEST when "ignored" is no JSON list of texts */
export function readKeys(fields: ReadonlyMap<string, string>): ReadonlySet<string> {
  const given = fields.get("ignored") ?? "";
  if (given.trim() === "") return new Set();
  const keys = Keys.safeParse(parseJson(given));
  if (keys.success) return new Set(keys.data);
  const [zh, en] = ["ignored 应为 JSON 文字数组", "ignored should be a JSON list of texts"];
  throw INVALID_REQUEST({ places: [{ code: "INVALID_FIELD", field: "ignored", zh, en }] });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Present and not said to be off. */
export function readFlag(fields: ReadonlyMap<string, string>, name: string): boolean {
  return !["", "0", "false", "no"].includes(fields.get(name)?.trim().toLowerCase() ?? "");
}

/** Which region and month the draft is of. @throws INVALID_REQUEST when they are none */
export function readLedgerFields(fields: ReadonlyMap<string, string>): z.output<typeof LedgerFields> {
  const given = (name: string): string | undefined => fields.get(name)?.trim() || undefined;
  const read = LedgerFields.safeParse({ region: given("region"), period: given("period") });
  if (read.success) return read.data;
  const places = read.error.issues.map(({ path }) => {
    const field = String(path[0]);
    const [zh, en] =
      field === "region"
        ? ["地区应为12位区划代码", "region should be a code of 12 digits"]
        : ["月份应形如 2016-07", "period should look like 2016-07"];
    return { code: "INVALID_FIELD", field, zh, en };
  });
  throw INVALID_REQUEST({ places });
}
