/** How fast a draft is proofed on one core, whether any string stops it, and whether its time grows as the text does. */
import { readFile } from "node:fs/promises";
import { drawsFrom } from "../src/domains/proofing/core/example-draws.ts";
import { noise, TEDIOUS } from "../src/domains/proofing/core/example-noise.ts";
import { makeExample, plainSentence, textOf } from "../src/domains/proofing/core/example-sentences.ts";
import { proofText } from "../src/domains/proofing/core/proof-text.ts";
import { median } from "./latencies.ts";
import type { Report } from "./report.ts";

const part = "Proofing";
/** As long as a mayor speaks for half an hour. */
const SPEECH_LENGTH = 8000;

type Sizes = { characters: number; strings: number };

/** @param draftFile a draft in plain text to measure; without it one is made up */
export async function measureProofing(
  draftFile: string | undefined,
  sizes: Sizes,
  report: Report,
): Promise<void> {
  const draft = draftFile === undefined ? draftOf(SPEECH_LENGTH) : await readFile(draftFile, "utf8");
  const name = `a draft of ${draft.length} characters`;
  report.add({ part, what: `${name}, the first text of a process`, value: timeOf(draft), unit: "ms" });
  const runs = Array.from({ length: 30 }, () => timeOf(draft));
  report.add({ part, what: `${name}, after that`, value: median(runs), unit: "ms", aim: { most: 30 } });

  const dense = draftOf(sizes.characters);
  const running = (draft.endsWith("\n") ? draft : `${draft}\n`).repeat(
    Math.ceil(sizes.characters / draft.length),
  );
  speedOf("drafts like it, one after the other", running, report);
  speedOf("sentences that hardly say anything but figures", dense, report);
  fuzz(sizes.strings, report);
  for (const [what, piece] of Object.entries(TEDIOUS)) growthOf(what, piece, report);
}

/** Sentences full of figures, every third one without. */
function draftOf(characters: number): string {
  const draws = drawsFrom(20160831);
  let text = "";
  while (text.length < characters) {
    text += draws.isLucky(33) ? plainSentence(draws) : textOf(makeExample(draws));
    if (draws.isLucky(20)) text += "\n";
  }
  return text;
}

function timeOf(text: string): number {
  const started = performance.now();
  proofText(text);
  return performance.now() - started;
}

/** Beside it the time of a single pass that only finds the digits. */
function speedOf(what: string, text: string, report: Report): void {
  const started = performance.now();
  const digits = text.match(/\d+(?:\.\d+)?/g)?.length ?? 0;
  const scan = performance.now() - started;
  const times = Array.from({ length: 3 }, () => timeOf(text));
  report.add({
    part,
    what,
    value: (text.length / median(times)) * 1000,
    unit: "characters/s",
    aim: { least: 500_000 },
    peer: { what: "finding the digits", value: (text.length / scan) * 1000 },
    note: `${text.length} characters, ${digits} numbers`,
  });
}

function fuzz(strings: number, report: Report): void {
  let thrown = 0;
  let slowest = 0;
  for (let seed = 0; seed < strings; seed++) {
    const text = noise(drawsFrom(seed));
    try {
      slowest = Math.max(slowest, timeOf(text));
    } catch (error) {
      thrown++;
      report.say(`  seed ${seed}: ${String(error)}`);
    }
  }
  report.add({
    part,
    what: `errors over ${strings} strings of noise`,
    value: thrown,
    unit: "errors",
    aim: { most: 0 },
    note: `the slowest took ${slowest.toFixed(1)} ms`,
  });
}

const TEDIOUS_LENGTH = 50_000;
/** Twice the text may take twice the time, and a little for the machine. */
const MOST_GROWTH = 3;

function growthOf(what: string, piece: string, report: Report): void {
  const half = piece.repeat(Math.ceil(TEDIOUS_LENGTH / piece.length));
  const best = (text: string) => Math.min(...Array.from({ length: 5 }, () => timeOf(text)));
  const [once, twice] = [best(half), best(half + half)];
  report.add({
    part,
    what: `${what}: time for twice the text`,
    value: twice / once,
    unit: "times",
    aim: { most: MOST_GROWTH },
    note: `${half.length} characters in ${once.toFixed(1)} ms`,
  });
}
