/** Where in a JSON text something stands: for messages that name line and column. */

export type TextPlace = { line: number; column: number };

export function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - (before.lastIndexOf("\n") + 1) + 1 };
}

/** V8 tells the place of most errors; without one the text ended too early. */
export function placeOfSyntaxError(text: string, error: Error): TextPlace {
  const offset = / at position (\d+)/.exec(error.message)?.[1];
  return placeAt(text, offset === undefined ? text.length : Number(offset));
}

/**
 * @param text parses as JSON
 * @param path keys and indices; @returns where that value begins, or the nearest enclosing one if it is not there
 */
export function placeOfValue(text: string, path: readonly PropertyKey[]): TextPlace {
  let at = skipBlank(text, 0);
  for (const key of path) {
    const inner = findInner(text, at, key);
    if (inner < 0) break;
    at = inner;
  }
  return placeAt(text, at);
}

/** @returns offset of the member's value, −1 when there is none */
function findInner(text: string, from: number, key: PropertyKey): number {
  const opening = text[from];
  if (opening !== "{" && opening !== "[") return -1;
  let at = skipBlank(text, from + 1);
  for (let index = 0; at < text.length && text[at] !== "}" && text[at] !== "]"; index++) {
    let name: PropertyKey = index;
    if (opening === "{") {
      const end = endOfValue(text, at);
      name = JSON.parse(text.slice(at, end)) as string;
      at = skipBlank(text, skipBlank(text, end) + 1); // the colon
    }
    if (name === key) return at;
    at = skipBlank(text, endOfValue(text, at));
    if (text[at] === ",") at = skipBlank(text, at + 1);
  }
  return -1;
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] as string)) at++;
  return at;
}

function endOfValue(text: string, from: number): number {
  if (text[from] === '"') return endOfString(text, from);
  if (text[from] !== "{" && text[from] !== "[") return endOfWord(text, from);
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at) - 1;
    else if (character === "{" || character === "[") depth++;
    else if ((character === "}" || character === "]") && --depth === 0) return at + 1;
  }
  return text.length;
}

function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function endOfWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && !/[\s,\]}]/.test(text[at] as string)) at++;
  return at;
}
