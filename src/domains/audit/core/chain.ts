/**
 * The hash chain over the audit trail.
 *
 * Words:
 * - entry 审计记录: one row of the trail
 * - seal 封存: a hash over a run of entries and over the seal before it
 * - head 链首: number and hash of the newest seal; kept outside the database it proves that nothing was cut off
 */

export type Entry = {
  county: number;
  id: number;
  region: number;
  /** UTC with microseconds */
  at: string;
  account: number | null;
  username: string | null;
  post: number | null;
  post_title: string | null;
  action: string;
  object: string;
  /** JSON as the database prints it */
  before: string | null;
  after: string | null;
  address: string | null;
  request: string | null;
};

export type Algorithm = "sha256" | "sm3";

export type Seal = {
  number: number;
  fromId: number;
  toId: number;
  entries: number;
  algorithm: Algorithm;
  previous: string;
  hash: string;
};

export type ChainProblem = { seal: number | null; code: ChainProblemCode; detail: string };
export type ChainProblemCode =
  | "SEAL_MISSING"
  | "SEAL_NOT_LINKED"
  | "ENTRIES_CHANGED"
  | "ENTRIES_BETWEEN_SEALS"
  | "CUT_OFF";

export const NO_HASH = "0".repeat(64);

/** The bytes that a seal covers for one entry: every column, in a fixed order, as canonical JSON on one line. */
export function canonicalEntry(entry: Entry): string {
  return `${canonicalJson([
    entry.county,
    entry.id,
    entry.region,
    entry.at,
    entry.account,
    entry.username,
    entry.post,
    entry.post_title,
    entry.action,
    entry.object,
    entry.before,
    entry.after,
    entry.address,
    entry.request,
  ])}\n`;
}

/** The bytes before the entries: what the seal says of itself. */
export function canonicalSealHead(seal: Omit<Seal, "hash">): string {
  return `${canonicalJson([seal.number, seal.fromId, seal.toId, seal.entries, seal.algorithm, seal.previous])}\n`;
}

/** JSON with the keys of objects in order, so that equal content has equal bytes. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const object = value as Record<string, unknown>;
    const members = Object.keys(object)
      .filter((key) => object[key] !== undefined)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key])}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value ?? null);
}

/** Whether each seal follows the one before it: numbers without gaps, ranges that touch, hashes that link. */
export function checkLinks(seals: readonly Seal[]): ChainProblem[] {
  const problems: ChainProblem[] = [];
  let expected = 1;
  let previous: Seal | undefined;
  for (const seal of seals) {
    if (seal.number !== expected) {
      problems.push({
        seal: expected,
        code: "SEAL_MISSING",
        detail: `seal ${expected} is missing, ${seal.number} follows`,
      });
      expected = seal.number;
    }
    if (seal.previous !== (previous?.hash ?? NO_HASH)) {
      problems.push({
        seal: seal.number,
        code: "SEAL_NOT_LINKED",
        detail: "does not carry the hash of the seal before",
      });
    }
    if (seal.fromId !== (previous?.toId ?? 0) + 1) {
      problems.push({
        seal: seal.number,
        code: "SEAL_NOT_LINKED",
        detail: "does not begin where the seal before ended",
      });
    }
    previous = seal;
    expected++;
  }
  return problems;
}
