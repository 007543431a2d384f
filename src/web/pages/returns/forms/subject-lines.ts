/** The items of a list as lines of text: code, name, English name; commas or the tabs of a pasted sheet between them. */
import type { FormDefinition } from "../../../../domains/returns/contract.ts";

type Item = Extract<FormDefinition["subjects"], { kind: "list" }>["items"][number];

/** A line with one word is a name; its code is the name without what a code cannot hold. */
export function readItems(text: string): Item[] {
  return text.split("\n").flatMap((line): Item[] => {
    const [first = "", second = "", third = ""] = line.split(/[\t,，]/).map((part) => part.trim());
    if (first === "" && second === "") return [];
    if (second === "") return [{ code: codeOf(first), nameZh: first, nameEn: null }];
    return [{ code: first, nameZh: second, nameEn: third === "" ? null : third }];
  });
}

export function writeItems(items: readonly Item[]): string {
  return items
    .map(({ code, nameZh, nameEn }) => [code, nameZh, nameEn ?? ""].join("，").replace(/，$/, ""))
    .join("\n");
}

const codeOf = (name: string): string => name.replace(/[^\p{L}\p{N}._-]/gu, "").slice(0, 50);
