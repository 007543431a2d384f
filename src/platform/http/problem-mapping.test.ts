import { describe, expect, test } from "vitest";
import { CONFLICT, NOT_FOUND, Problem, defineProblem } from "../problem.ts";
import { toProblem } from "./problem-mapping.ts";

const withCode = (code: string, more: object = {}): Error =>
  Object.assign(new Error("as the driver says it"), { code, ...more });

describe("what an error is told as", () => {
  test.each<[string, Error, number, string]>([
    ["a problem of ours", NOT_FOUND(), 404, "NOT_FOUND"],
    ["a key that is there already", withCode("23505"), 409, "CONFLICT"],
    ["a policy's refusal", withCode("42501"), 403, "OUT_OF_SCOPE"],
    ["a full disk, said by the database", withCode("53100"), 507, "DISK_FULL"],
    ["a full disk, said by the system", withCode("ENOSPC"), 507, "DISK_FULL"],
    ["a database that is shutting down", withCode("57P01"), 503, "NOT_READY"],
    ["a database that is starting", withCode("57P03"), 503, "NOT_READY"],
    ["a statement that took too long", withCode("57014"), 503, "NOT_READY"],
    ["two transactions in each other's way", withCode("40001"), 503, "NOT_READY"],
    ["a deadlock", withCode("40P01"), 503, "NOT_READY"],
    ["nobody who answers", withCode("ECONNREFUSED"), 503, "NOT_READY"],
    ["a connection that ended", new Error("Connection terminated unexpectedly"), 503, "NOT_READY"],
    [
      "a pool without a free connection",
      new Error("timeout exceeded when trying to connect"),
      503,
      "NOT_READY",
    ],
    ["a body too large", withCode("FST_ERR_CTP_BODY_TOO_LARGE", { statusCode: 413 }), 413, "TOO_LARGE"],
    ["a file too large", withCode("FST_REQ_FILE_TOO_LARGE", { statusCode: 413 }), 413, "TOO_LARGE"],
    [
      "another kind of body",
      withCode("FST_ERR_CTP_INVALID_MEDIA_TYPE", { statusCode: 415 }),
      415,
      "FST_ERR_CTP_INVALID_MEDIA_TYPE",
    ],
    ["an upload cut off", new Error("Unexpected end of multipart data"), 400, "MALFORMED_UPLOAD"],
    ["an upload without a boundary", new Error("Multipart: Boundary not found"), 400, "MALFORMED_UPLOAD"],
    ["anything else", new TypeError("undefined is not a function"), 500, "INTERNAL"],
    ["an unknown code of the database", withCode("XX000"), 500, "INTERNAL"],
    ["a status of ours that is none of the caller's", withCode("E", { statusCode: 500 }), 500, "INTERNAL"],
  ])("%s", (_name, error, status, code) => {
    const problem = toProblem(error);
    expect([problem.status, problem.code]).toEqual([status, code]);
    expect(problem.title.zh).toMatch(/\p{Script=Han}/u);
    expect(problem.title.en).toMatch(/[a-z]/);
  });

  test("an internal error tells nothing of its cause", () => {
    const problem = toProblem(new Error("password of postgres is hunter2, at /srv/app/x.ts"));
    expect(`${JSON.stringify(problem)} ${problem.message}`).not.toMatch(/hunter2|srv/);
  });
});

describe("a problem", () => {
  test("carries code, status, both languages, and where", () => {
    const places = [{ code: "WRONG_UNIT", zh: "单位不对", en: "wrong unit", line: 3, column: "unit" }];
    const problem = defineProblem(
      "X_REFUSED",
      422,
      "不行",
      "no",
    )({ places, headers: { "retry-after": "3" } });
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({
      code: "X_REFUSED",
      status: 422,
      title: { zh: "不行", en: "no" },
      places,
      headers: { "retry-after": "3" },
      message: "X_REFUSED: no",
    });
  });

  test("says its detail to the log where it has one", () => {
    expect(CONFLICT({ detail: { zh: "细节", en: "the detail" } }).message).toBe("CONFLICT: the detail");
    expect(CONFLICT().detail).toBeUndefined();
  });
});
