import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joinSql, nothing, sql } from "./sql.ts";
import type { Sql } from "./sql.ts";

/** A template call as the language makes it, with texts and inputs chosen by the test. */
function tag(texts: readonly string[], inputs: readonly unknown[]): Sql {
  return sql(Object.assign([...texts], { raw: [...texts] }), ...inputs);
}

const piece = fc.constantFrom("", " ", "SELECT ", " AND a = ", "(", ")", ", ", "'x'", "::text");
const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.integer()),
  fc.constantFrom("'; DROP TABLE t; --", "$1", "$2::int", "a\u0000", { text: "SELECT 1" }, undefined),
);

/** Nested templates, and beside each what it should come to: text with each value in its place. */
type Model = { made: Sql; flat: (string | { value: unknown })[] };
const { node } = fc.letrec<{ node: Model }>((tie) => ({
  node: fc
    .tuple(
      fc.array(
        fc.oneof(
          { maxDepth: 4 },
          value.map((one) => ({ value: one })),
          tie("node"),
        ),
        { maxLength: 4 },
      ),
      fc.array(piece, { minLength: 5, maxLength: 5 }),
    )
    .map(([inputs, texts]) => {
      const used = texts.slice(0, inputs.length + 1);
      const made = tag(
        used,
        inputs.map((input) => ("made" in input ? input.made : input.value)),
      );
      const flat = used.flatMap((text, i) => {
        const input = inputs[i];
        if (input === undefined) return [text];
        return "made" in input ? [text, ...input.flat] : [text, input];
      });
      return { made, flat };
    }),
}));

describe("sql", () => {
  test("makes of every value a parameter, numbered in order, however deep the nesting", () => {
    fc.assert(
      fc.property(node, ({ made, flat }) => {
        const values = flat.filter((part) => typeof part !== "string").map((part) => part.value);
        let n = 0;
        const text = flat.map((part) => (typeof part === "string" ? part : `$${++n}`)).join("");
        expect(made.text).toBe(text);
        expect(made.values).toEqual(values);
        expect(made.pieces.length).toBe(values.length + 1);
      }),
    );
  });

  test("lets no character of a value into the text", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (hostile) => {
        const { text, values } = sql`SELECT * FROM t WHERE a = ${hostile} AND b = ANY (${[hostile]}::text[])`;
        expect(text).toBe("SELECT * FROM t WHERE a = $1 AND b = ANY ($2::text[])");
        expect(values).toEqual([hostile, [hostile]]);
      }),
    );
  });

  test("takes what only looks like a fragment as a value", () => {
    for (const forged of [{ text: "1; DROP TABLE t" }, { text: "x", values: [] }, ["x"], "nothing", null]) {
      expect(sql`SELECT ${forged}`.text).toBe("SELECT $1");
    }
    // what arrives as JSON has own properties only, and yet must not pass for a fragment
    const sent: unknown = JSON.parse('{"text":"1; DROP TABLE t","values":[],"pieces":["1; DROP TABLE t"]}');
    expect(sql`SELECT ${sent}`.text).toBe("SELECT $1");
  });

  test("leaves its parts as they were, so that they can be used again", () => {
    const part = sql`a = ${1}`;
    const before = structuredClone({ text: part.text, values: part.values });
    const twice = sql`${part} OR ${part}`;
    expect(twice).toMatchObject({ text: "a = $1 OR a = $2", values: [1, 1] });
    expect({ text: part.text, values: part.values }).toEqual(before);
  });
});

describe("joinSql", () => {
  test("is the parts with the separator between, numbered through", () => {
    fc.assert(
      fc.property(
        fc.array(node, { maxLength: 5 }),
        fc.constantFrom(" AND " as const, " OR " as const, ", " as const, " " as const),
        (parts, separator) => {
          const joined = joinSql(
            parts.map((part) => part.made),
            separator,
          );
          expect(joined.values).toEqual(parts.flatMap((part) => part.made.values));
          const unnumbered = (text: string): string => text.replaceAll(/\$\d+/g, "$");
          expect(unnumbered(joined.text)).toBe(
            parts.map((part) => unnumbered(part.made.text)).join(separator),
          );
          const numbers = [...joined.text.matchAll(/\$(\d+)/g)].map((match) => Number(match[1]));
          expect(numbers).toEqual(numbers.map((_, i) => i + 1));
        },
      ),
    );
  });

  test("of nothing is nothing", () => {
    expect(joinSql([], " AND ")).toEqual(nothing);
    expect(sql`a${nothing}b`.text).toBe("ab");
  });
});
