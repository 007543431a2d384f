import { defineProblem } from "../../../platform/problem.ts";
import type { Bilingual, Problem } from "../../../platform/problem.ts";

const REGISTER_UNREADABLE = defineProblem(
  "REGISTER_UNREADABLE",
  422,
  "登记表无法读取",
  "The register cannot be read",
);

/** One place of one file. Never with what stands there: it may be a name or a number. */
export function registerFault(
  file: string,
  words: Bilingual,
  { line, column }: { line?: number; column?: string } = {},
): Problem {
  const place = { code: "REGISTER_UNREADABLE", field: file, ...words };
  return REGISTER_UNREADABLE({
    detail: words,
    places: [
      { ...place, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) },
    ],
  });
}

export const MATCH_TOO_LARGE = defineProblem(
  "MATCH_TOO_LARGE",
  413,
  "名册太大，内存不够比对",
  "The registers are too large to match within the memory there is",
);
