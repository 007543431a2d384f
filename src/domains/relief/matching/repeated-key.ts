/** Tells where a key stands that another row has too. */
import { readInput } from "./input.ts";
import type { Input } from "./input.ts";
import { registerFault } from "./problems.ts";
import type { RegisterFile } from "./register-file.ts";

/** @param row counted from the first after the header */
export function repeatedKeyFault(file: RegisterFile, row: number): Error {
  const { headers, roles } = file.layout;
  const column = headers[roles.indexOf(0)] ?? "1";
  return registerFault(
    file.input.label,
    { zh: "编号重复", en: "it is there twice" },
    { line: lineOfRecord(file.input, row), column },
  );
}

/** The line on which a record begins: those before may be empty or span several. */
function lineOfRecord(input: Input, record: number): number {
  const piece = 1 << 20;
  let [line, seen, isQuoted, isEmpty, begin] = [1, -1, false, true, 1];
  for (let from = 0; from < input.size; from += piece)
    for (const byte of readInput(input, from, from + piece)) {
      if (byte === 0x22) isQuoted = !isQuoted;
      if (byte === 0x0a) {
        line++;
        if (isQuoted) continue;
        if (!isEmpty && seen++ === record) return begin;
        isEmpty = true;
        begin = line;
      } else if (byte !== 0x0d) isEmpty = false;
    }
  return begin;
}
