/**
 * Posting an accepted return: in the transaction of whoever accepts it. What the ledger does not have is entered; what it
 * has with another value is corrected, so that both values and the reason stay; what it has already is left alone,
 * and so is what was corrected by hand and is not changed by the return.
 * A figure has one source: what another return has posted is not corrected by this one, nor once it was corrected by hand.
 */
import type { Tx } from "../../../platform/db/actor.ts";
import type { Bilingual, PlaceProblem } from "../../../platform/problem.ts";
import { dec } from "../../../shared/decimal.ts";
import { countyOf } from "../../../shared/region-code.ts";
import type { Basis } from "../../../shared/period.ts";
import { validateNumber } from "../core/validate-number.ts";
import { loadMeasures } from "../measure-catalog.ts";
import { FIGURES_REFUSED } from "../problems.ts";
import { rowProblemText } from "../row-problem-text.ts";
import { insertCorrections, insertPosted, listCurrent } from "../store/posting.ts";
import type { CurrentFigure, PostedFigure } from "../store/posting.ts";
import { insertSource, raiseLedgerVersion } from "../store/staging.ts";

export type NumberToPost = {
  subject: string;
  /** code */
  measure: string;
  basis: Basis;
  aspect: "value" | "growth";
  /** decimal text in `unit` */
  value: string;
  unit: string;
  /** sheet and cell, or how it was typed */
  locator: string | null;
  /** how a refusal names it: row and column for programs, and in words */
  cell: { field: string; zh: string; en: string };
};
type Wanted = PostedFigure & Pick<NumberToPost, "cell">;
export type PostingRequest = {
  /** id and version of the return */
  return: { id: number; version: number };
  /** synthetic: nobody reported it, and no reader may take it for a report */
  kind: "return" | "synthetic";
  region: number;
  period: string;
  title: string;
  fileName: string | null;
  sha256: string | null;
  bytes: number | null;
  /** why figures that are there change */
  reason: string;
  numbers: readonly NumberToPost[];
};
export type Posted = {
  /** null when nothing was new */
  source: number | null;
  entered: number;
  corrected: number;
};

/** @throws FIGURES_REFUSED when a number does not fit its measure, or another return has posted another value */
export async function postFigures(tx: Tx, request: PostingRequest): Promise<Posted> {
  const county = countyOf(request.region);
  const place = { county, region: request.region, period: request.period };
  const wanted = await inCanonicalUnits(tx, request.numbers);
  const found = await listCurrent(tx, place, wanted);
  const current = new Map(found.map((figure) => [keyOf(figure), figure]));
  const fresh = wanted.filter((figure) => isFresh(figure, current.get(keyOf(figure)), request.return.id));
  if (fresh.length === 0) return { source: null, entered: 0, corrected: 0 };
  const foreign = fresh.flatMap((figure) => {
    const there = current.get(keyOf(figure));
    return there === undefined || there.return === null || there.return === request.return.id
      ? []
      : [postedElsewhere(figure, there)];
  });
  if (foreign.length > 0) throw FIGURES_REFUSED({ places: foreign });
  const source = await insertSource(tx, {
    county,
    region: request.region,
    kind: request.kind,
    title: request.title,
    fileName: request.fileName,
    sha256: request.sha256,
    bytes: request.bytes,
    rows: request.numbers.length,
    audience: request.region,
    idempotency: `return:${request.return.id}:${request.return.version}`,
    recordedByTitle: tx.actor.postTitle ?? "",
  });
  const versioned = fresh.map((figure) => {
    const there = current.get(keyOf(figure));
    return { ...figure, version: (there?.version ?? 0) + 1, audience: there?.audience ?? null };
  });
  const ids = await insertPosted(tx, place, source, versioned);
  const pairs = versioned.flatMap((figure, at) => {
    const there = current.get(keyOf(figure));
    const replacement = ids[at];
    if (there === undefined || replacement === undefined) return [];
    return [{ superseded: there.id, replacement, audience: there.audience }];
  });
  await insertCorrections(tx, place, request.reason, pairs);
  await raiseLedgerVersion(tx, [county]);
  return { source, entered: fresh.length - pairs.length, corrected: pairs.length };
}

/**
 * A number that somebody has corrected by hand since, and that the return only repeats as it was posted before, was not what
 * the amendment is about: the correction stands. One that the amendment changes is corrected in its turn.
 */
function isFresh(figure: Wanted, there: CurrentFigure | undefined, own: number): boolean {
  if (there === undefined) return true;
  const value = dec(figure.value);
  if (dec(there.value).eq(value)) return false;
  return there.return !== own || there.posted === null || !dec(there.posted).eq(value);
}

function keyOf(figure: Pick<CurrentFigure, "subject" | "measure" | "aspect" | "basis">): string {
  return `${figure.measure} ${figure.aspect} ${figure.basis} ${figure.subject}`;
}

async function inCanonicalUnits(tx: Tx, numbers: readonly NumberToPost[]): Promise<Wanted[]> {
  const { byCode } = await loadMeasures(tx);
  return numbers.map((number) => {
    const measure = byCode.get(number.measure);
    if (measure === undefined)
      throw refused(number, { zh: `没有指标 ${number.measure}`, en: `No measure ${number.measure}` });
    const read = validateNumber(measure, number.aspect, number.value, number.unit);
    if (!read.ok) throw refused(number, rowProblemText(read.error));
    const { subject, aspect, basis, locator, cell } = number;
    return {
      subject,
      aspect,
      basis,
      locator,
      cell,
      measure: measure.id,
      value: read.value.value,
      stated: read.value.stated,
    };
  });
}

function postedElsewhere(figure: Wanted, { posted, value, title }: CurrentFigure): PlaceProblem {
  const was = plain(posted ?? value);
  const isCorrected = was !== plain(value);
  return placed("POSTED_ELSEWHERE", figure, {
    zh: `同一数据已由“${title}”入账（${was}${isCorrected ? `，后更正为 ${plain(value)}` : ""}），与本表（${plain(figure.value)}）不一致：请核实后退回本表，或修订那一份`,
    en: `“${title}” has posted this figure as ${was}${isCorrected ? `, corrected to ${plain(value)} since` : ""}, this return says ${plain(figure.value)}: find out which holds, then send this one back or amend that one`,
  });
}

const plain = (value: string): string => dec(value).toString();

function refused(number: NumberToPost, text: Bilingual) {
  return FIGURES_REFUSED({ places: [placed("NUMBER", number, text)] });
}

/** Row and column stand before the words: a list of refusals is read without the form beside it. */
function placed(code: string, { cell }: Pick<NumberToPost, "cell">, text: Bilingual): PlaceProblem {
  return { code, field: cell.field, zh: `${cell.zh}：${text.zh}`, en: `${cell.en}: ${text.en}` };
}
