import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutDraft } from "./draft-marks.ts";
import type { Paragraph, Tag } from "./draft-marks.ts";

const shown = (paragraph: Paragraph): string =>
  paragraph.runs
    .map(({ heads, operands, pieces }) => {
      const text = pieces
        .map(
          (piece) =>
            (piece.isReplaced ? `~${piece.text}~` : piece.text) + (piece.inserted && `^${piece.inserted}^`),
        )
        .join("");
      return heads.length > 0 ? `[${text}]` : operands.length > 0 ? `(${text})` : text;
    })
    .join("");

describe("a draft cut for marking", () => {
  test("shows head, operands and correction, the figure with its unit as one mark", () => {
    const [paragraph] = cutDraft("共有192个。其中结转61个，新建132个。", [
      { from: 2, to: 6, claim: 0, kind: "head" },
      { from: 11, to: 14, claim: 0, kind: "operand" },
      { from: 17, to: 21, claim: 0, kind: "operand" },
      { from: 2, to: 5, claim: 0, kind: "replaced", replacement: "193" },
    ]);
    expect(shown(paragraph as Paragraph)).toBe("共有[~192~^193^个]。其中结转(61个)，新建(132个)。");
    expect(paragraph?.runs[1]).toMatchObject({ heads: [0], begins: [0], ends: [0] });
  });

  test("keeps lines apart, and knows title and headings", () => {
    const paragraphs = cutDraft("关于工作的汇报\n\n一、项目建设\n（一）进展\n完成78.5亿元。", []);
    expect(paragraphs.map((one) => one.form)).toEqual(["title", "blank", "heading", "subheading", "body"]);
    expect(paragraphs.map((one) => one.from)).toEqual([0, 8, 9, 16, 22]);
  });

  test("a first line that is a sentence is no title", () => {
    expect(cutDraft("共有192个。", [])[0]?.form).toBe("body");
  });

  test("paragraphs that look the same have the same signature, wherever they stand", () => {
    const tag = (from: number): Tag => ({ from, to: from + 2, claim: 3, kind: "head" });
    const [a] = cutDraft("一二三四", [tag(1)]);
    const moved = cutDraft("零\n一二三四", [tag(3)])[1];
    const other = cutDraft("一二三四", [tag(2)])[0];
    expect(moved?.signature).toBe(a?.signature);
    expect(other?.signature).not.toBe(a?.signature);
  });

  test("loses no character, whatever tags overlap or run over the ends of lines", () => {
    const kind = fc.constantFrom("head" as const, "operand" as const, "replaced" as const);
    const tags = fc.array(
      fc.record({ at: fc.nat(60), length: fc.integer({ min: 1, max: 20 }), claim: fc.nat(5), kind }),
    );
    const lines = fc.string({ unit: fc.constantFrom("一", "9", "\n", "，"), maxLength: 60 });
    fc.assert(
      fc.property(lines, tags, (text, made) => {
        const fitting = made
          .filter(({ at, length }) => at + length <= text.length)
          .map(({ at, length, claim, kind: one }): Tag => ({ from: at, to: at + length, claim, kind: one }));
        const paragraphs = cutDraft(text, fitting);
        const joined = paragraphs.map((paragraph) =>
          paragraph.runs.flatMap((run) => run.pieces.map((piece) => piece.text)).join(""),
        );
        expect(joined.join("\n")).toBe(text);
        const isEmpty = paragraphs.some((one) =>
          one.runs.some((run) => run.pieces.some((piece) => piece.text === "")),
        );
        expect(isEmpty).toBe(false);
      }),
    );
  });
});
