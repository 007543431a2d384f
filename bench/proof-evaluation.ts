/**
 * `npm run proof:eval -- DIR`: how well proofing reads a labelled set of texts (format: docs/BENCHMARKS.md).
 *
 * - cases: a consistent relation is recognised when a consistent claim holds at least two of its figures; a clear
 *   inconsistency is found when something wrong is reported on one of its figures
 * - mutations: found when the changed passage is reported wrong where the original is not
 * - false alarms: anything reported wrong on an original, a trap or a whole text that is not labelled inconsistent
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Claim } from "../src/domains/proofing/core/claim.ts";
import { proofText } from "../src/domains/proofing/core/proof-text.ts";

type Case = {
  id: string;
  text_file: string;
  sentence: string;
  relation: string;
  quantities: string[];
  expected: "consistent" | "inconsistent" | "not-checkable";
  tier?: string;
};
type Mutation = {
  id: string;
  text_file: string;
  original: string;
  mutated: string;
  changed_from: string;
  changed_to: string;
  relation: string;
  source_case?: string;
};
type Trap = { id: string; sentence: string; why_not: string };

const args = process.argv.slice(2);
const isVerbose = args.includes("--verbose");
const directories = args.filter((arg) => !arg.startsWith("--"));
if (directories.length === 0) {
  process.stderr.write("usage: npm run proof:eval -- DIR [DIR …] [--verbose]\n");
  process.exit(2);
}

function readLines<T>(directory: string, name: string): T[] {
  const path = join(directory, name);
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as T);
}

function wrongOf(text: string): Claim[] {
  return proofText(text).filter(
    ({ verdict, severity }) => verdict === "inconsistent" && severity === "wrong",
  );
}

function spansText(text: string, claim: Claim): string[] {
  return claim.spans.map(([start, end]) => text.slice(start, end).replaceAll(/[\s,]/g, ""));
}

function mentions(text: string, claim: Claim, quantities: readonly string[]): number {
  const wanted = quantities.map((quantity) => /[\d.]+/.exec(quantity.replaceAll(/[\s,]/g, ""))?.[0] ?? "");
  const printed = new Set(spansText(text, claim).map((span) => /[\d.]+/.exec(span)?.[0] ?? ""));
  return wanted.filter((figure) => figure !== "" && printed.has(figure)).length;
}

type Tally = Map<string, { found: number; of: number }>;
function count(tally: Tally, relation: string, isFound: boolean): void {
  const row = tally.get(relation) ?? { found: 0, of: 0 };
  row.of++;
  if (isFound) row.found++;
  tally.set(relation, row);
}

const recognised: Tally = new Map();
const clear: Tally = new Map();
const found: Tally = new Map();
const alarms = { originals: 0, traps: 0, texts: 0, ofOriginals: 0, ofTraps: 0, ofTexts: 0 };
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const tell = (line: string): void => {
  if (isVerbose) say(line);
};

for (const directory of directories) {
  const cases = readLines<Case>(directory, "cases.jsonl");
  const bad = cases.filter(({ expected }) => expected === "inconsistent");
  const isKnownBad = (text: string, claim: Claim): boolean =>
    bad.some((one) => mentions(text, claim, one.quantities) >= 2);
  for (const one of cases) {
    const claims = proofText(one.sentence);
    if (one.expected === "consistent") {
      const isFound = claims.some(
        (claim) =>
          claim.verdict === "consistent" &&
          mentions(one.sentence, claim, one.quantities) >= Math.min(2, one.quantities.length),
      );
      count(recognised, one.relation, isFound);
      if (!isFound)
        tell(`not recognised ${one.id} ${one.relation} ${JSON.stringify(one.quantities)} | ${one.sentence}`);
    } else if (one.expected === "inconsistent" && (one.tier ?? "clear") === "clear") {
      const path = join(directory, one.text_file);
      const text = existsSync(path) ? readFileSync(path, "utf8") : one.sentence;
      const isFound = [one.sentence, text].some((where) =>
        wrongOf(where).some((claim) => mentions(where, claim, one.quantities) >= 1),
      );
      count(clear, one.relation, isFound);
      if (!isFound)
        tell(`CLEAR NOT FOUND ${one.id} ${one.relation} ${JSON.stringify(one.quantities)} | ${one.sentence}`);
    }
  }
  for (const one of readLines<Mutation>(directory, "mutations.jsonl")) {
    const before = new Set(wrongOf(one.original).map((claim) => spansText(one.original, claim).join("|")));
    const isKnown = wrongOf(one.original).every((claim) => isKnownBad(one.original, claim));
    alarms.ofOriginals++;
    if (!isKnown) {
      alarms.originals++;
      for (const claim of wrongOf(one.original))
        if (!isKnownBad(one.original, claim))
          tell(`FALSE ALARM original ${one.id} ${claim.relation}: ${claim.message.zh} | ${claim.text}`);
    }
    const isFound = wrongOf(one.mutated).some(
      (claim) => !before.has(spansText(one.mutated, claim).join("|")),
    );
    count(found, one.relation, isFound);
    if (!isFound)
      tell(
        `MUTATION NOT FOUND ${one.id} ${one.relation} ${one.changed_from}→${one.changed_to} | ${one.mutated}`,
      );
  }
  for (const one of readLines<Trap>(directory, "traps.jsonl")) {
    alarms.ofTraps++;
    const wrong = wrongOf(one.sentence).filter((claim) => !isKnownBad(one.sentence, claim));
    if (wrong.length === 0) continue;
    alarms.traps++;
    for (const claim of wrong)
      tell(
        `FALSE ALARM trap ${one.id} (${one.why_not}) ${claim.relation}: ${claim.message.zh} | ${claim.text}`,
      );
  }
  const texts = join(directory, "texts");
  for (const name of existsSync(texts) ? readdirSync(texts).sort() : []) {
    const text = readFileSync(join(texts, name), "utf8");
    alarms.ofTexts++;
    const wrong = wrongOf(text).filter((claim) => !isKnownBad(text, claim));
    alarms.texts += wrong.length;
    for (const claim of wrong)
      tell(`unlabelled in ${name} ${claim.relation}: ${claim.message.zh} | ${claim.text}`);
  }
}

function print(title: string, tally: Tally): void {
  let [sum, of] = [0, 0];
  say(title);
  for (const [relation, row] of [...tally].sort(([a], [b]) => a.localeCompare(b))) {
    say(`  ${relation.padEnd(12)} ${row.found}/${row.of}`);
    sum += row.found;
    of += row.of;
  }
  say(`  ${"all".padEnd(12)} ${sum}/${of}  ${of === 0 ? "" : `${((100 * sum) / of).toFixed(1)} %`}`);
}

print("consistent relations recognised", recognised);
print("clear inconsistencies found", clear);
print("mutations found", found);
const { originals, ofOriginals, traps, ofTraps, texts, ofTexts } = alarms;
const share = (part: number, whole: number): string =>
  whole === 0 ? "" : `${((100 * part) / whole).toFixed(1)} %`;
say(
  `false alarms: originals ${originals}/${ofOriginals}, traps ${traps}/${ofTraps}, together ${share(originals + traps, ofOriginals + ofTraps)}`,
);
say(`reported in ${ofTexts} whole texts and not labelled: ${texts}`);
