/**
 * SQL as a tagged template in which every interpolation is a parameter, so that a value can never become SQL.
 * Fragments made by the same tag may be nested; their parameters are numbered again in place.
 */
export type Sql = {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly pieces: readonly string[];
};

/** No JSON has it: what a request sends can never pass for a fragment, whatever its keys. */
const BY_TAG = Symbol("made by the tag");

/** Composes a query or a fragment. Only another `Sql` is taken as SQL; everything else is bound as a parameter. */
export function sql(strings: TemplateStringsArray, ...inputs: readonly unknown[]): Sql {
  const pieces: string[] = [strings[0] as string];
  const values: unknown[] = [];
  inputs.forEach((input, i) => {
    const after = strings[i + 1] as string;
    if (isSql(input)) {
      append(pieces, input.pieces[0] as string);
      for (let k = 1; k < input.pieces.length; k++) pieces.push(input.pieces[k] as string);
      values.push(...input.values);
      append(pieces, after);
    } else {
      values.push(input);
      pieces.push(after);
    }
  });
  return fromPieces(pieces, values);
}

/** Joins fragments with a separator written in the code, for instance `joinSql(conditions, " AND ")`. */
export function joinSql(
  parts: readonly Sql[],
  separator: " AND " | " OR " | ", " | " " | " UNION ALL ",
): Sql {
  const pieces: string[] = [""];
  const values: unknown[] = [];
  parts.forEach((part, i) => {
    append(pieces, (i === 0 ? "" : separator) + (part.pieces[0] as string));
    for (let k = 1; k < part.pieces.length; k++) pieces.push(part.pieces[k] as string);
    values.push(...part.values);
  });
  return fromPieces(pieces, values);
}

export const nothing: Sql = fromPieces([""], []);

function append(pieces: string[], text: string): void {
  pieces[pieces.length - 1] = (pieces.at(-1) as string) + text;
}

function fromPieces(pieces: readonly string[], values: readonly unknown[]): Sql {
  let text = pieces[0] as string;
  for (let i = 1; i < pieces.length; i++) text += `$${i}${pieces[i] as string}`;
  const made = { text, values, pieces, [BY_TAG]: true };
  return made;
}

function isSql(input: unknown): input is Sql {
  return typeof input === "object" && input !== null && BY_TAG in input;
}
