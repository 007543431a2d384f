/** One uploaded file and the fields that came with it, in whatever order; the file whole in memory. */
import type { FastifyRequest } from "fastify";
import { INVALID_REQUEST, TOO_LARGE } from "../problem.ts";

export type ReceivedFile = { name: string; bytes: Buffer };
export type Received = { file: ReceivedFile; fields: ReadonlyMap<string, string> };

const megabyte = 1024 * 1024;

/** @param limit bytes of the file @throws INVALID_REQUEST when there is no file; TOO_LARGE */
export async function receiveFile(request: FastifyRequest, limit: number): Promise<Received> {
  if (!request.isMultipart())
    throw INVALID_REQUEST({
      detail: { zh: "请以 multipart/form-data 上传文件", en: "Send the file as multipart/form-data" },
    });
  const fields = new Map<string, string>();
  let file: ReceivedFile | undefined;
  try {
    for await (const part of request.parts({ limits: { fileSize: limit, files: 1, fields: 12 } })) {
      if (part.type === "file") file = { name: part.filename.slice(-200), bytes: await part.toBuffer() };
      else if (typeof part.value === "string") fields.set(part.fieldname, part.value);
    }
  } catch (error) {
    throw (error as { code?: unknown }).code === "FST_REQ_FILE_TOO_LARGE" ? tooLarge(limit) : error;
  }
  if (file === undefined)
    throw INVALID_REQUEST({ detail: { zh: "没有收到文件", en: "No file was received" } });
  return { file, fields };
}

function tooLarge(limit: number): Error {
  const most = Math.floor(limit / megabyte);
  return TOO_LARGE({ detail: { zh: `文件最大 ${most} MB`, en: `A file may have ${most} MB` } });
}
