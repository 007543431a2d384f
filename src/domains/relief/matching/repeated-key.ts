/** Tells where a key stands that another row has too. */
import { readInput } from "./input.ts";
import { registerFault } from "./problems.ts";
import type { RegisterFile } from "./register-file.ts";

/** @param row counted from the first after the header */
export function repeatedKeyFault(file: RegisterFile, row: number): Error {
  const column = file.layout.isRegistry ? "person_id" : "row_id";
  const line = lineOfRecord(readInput(file.input, 0, file.input.size), row);
  return registerFault(file.input.label, { zh: "编号重复", en: "it is there twice" }, { line, column });
}

/** The line on which a record begins: those before may be empty or span several. */
function lineOfRecord(bytes: Uint8Array, record: number): number {
  let [line, seen, isQuoted, isEmpty, begin] = [1, -1, false, true, 1];
  for (const byte of bytes) {
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
