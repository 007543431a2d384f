/** The one edge where errors become answers: RFC 9457 problem details in both languages. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import {
  CONFLICT,
  INVALID_REQUEST,
  NOT_READY,
  OUT_OF_SCOPE,
  Problem,
  TOO_LARGE,
  defineProblem,
} from "../problem.ts";
import type { PlaceProblem } from "../problem.ts";
import { tellIssue } from "./tell-issue.ts";

const INTERNAL = defineProblem("INTERNAL", 500, "系统内部错误，已记录", "Internal error; it has been logged");
const DISK_FULL = defineProblem(
  "DISK_FULL",
  507,
  "磁盘空间不足，未写入任何内容",
  "The disk is full; nothing was written",
);
const MALFORMED_UPLOAD = defineProblem(
  "MALFORMED_UPLOAD",
  400,
  "上传的内容不完整或格式有误，什么也没有入账",
  "The upload is incomplete or malformed; nothing was recorded",
);
/** The multipart parser gives its errors no code. */
const UPLOAD_ERROR =
  /^(Multipart: |Unexpected end of (multipart data|form)|Malformed part header|Part terminated early)/;

/** Sends `application/problem+json`; unexpected errors are logged in full and told in general words. */
export function sendProblem(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblem(error);
  if (problem.status >= 500) request.log.error({ err: error }, problem.code);
  else request.log.info({ code: problem.code, url: request.url }, "refused");
  return reply
    .code(problem.status)
    .headers({ ...problem.headers })
    .type("application/problem+json; charset=utf-8")
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send({
      type: `urn:taizhang:problem:${problem.code}`,
      title: problem.title.en,
      status: problem.status,
      code: problem.code,
      detail: problem.detail?.en ?? problem.title.en,
      titles: problem.title,
      details: problem.detail,
      problems: problem.places.length > 0 ? problem.places : undefined,
      request: request.id,
    });
}

/** What an error means to the one who asked. */
export function toProblem(error: Error): Problem {
  if (error instanceof Problem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const places: PlaceProblem[] = error.validation.map((issue) => ({
      code: "INVALID_FIELD",
      field: `${error.validationContext ?? "body"}${issue.instancePath.replaceAll("/", ".")}`,
      zh: tellIssue(issue),
      en: issue.message ?? "not as it should be",
    }));
    return INVALID_REQUEST({ places });
  }
  const code = (error as { code?: unknown }).code;
  return fromHttpCode(error, code) ?? fromDatabaseCode(error, code) ?? INTERNAL();
}

function fromHttpCode(error: Error, code: unknown): Problem | undefined {
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE" || code === "FST_REQ_FILE_TOO_LARGE") return TOO_LARGE();
  if (UPLOAD_ERROR.test(error.message))
    return MALFORMED_UPLOAD({ detail: { zh: `上传内容无法读取：${error.message}`, en: error.message } });
  const status = (error as { statusCode?: unknown }).statusCode;
  if (typeof status === "number" && status >= 400 && status < 500) {
    return new Problem(typeof code === "string" ? code : "BAD_REQUEST", status, INVALID_REQUEST().title, {
      detail: { zh: error.message, en: error.message },
    });
  }
  return undefined;
}

function fromDatabaseCode(error: Error, code: unknown): Problem | undefined {
  switch (code) {
    case "23505":
      return CONFLICT();
    case "42501":
      return OUT_OF_SCOPE();
    case "53100":
    case "ENOSPC":
      return DISK_FULL();
    case "57P01":
    case "57P02":
    case "57P03":
    case "57014":
    case "40001":
    case "40P01":
    case "08006":
    case "08003":
    case "ECONNREFUSED":
    case "ECONNRESET":
    case "ENOENT":
    case "EPIPE":
      return NOT_READY();
    default:
      return /Connection terminated|timeout exceeded when trying to connect/.test(error.message)
        ? NOT_READY()
        : undefined;
  }
}
