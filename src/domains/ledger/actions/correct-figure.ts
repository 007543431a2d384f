/** Correcting a figure: the old one stays, the new one supersedes it, and the reason is kept. */
import { withActor } from "../../../platform/db/actor.ts";
import type { Actor, Tx } from "../../../platform/db/actor.ts";
import type { Pools } from "../../../platform/db/pool.ts";
import { FORBIDDEN, OUT_OF_SCOPE } from "../../../platform/problem.ts";
import { dec } from "../../../shared/decimal.ts";
import { recordAudit } from "../../audit/index.ts";
import { validateNumber } from "../core/validate-number.ts";
import { loadMeasures } from "../measure-catalog.ts";
import { FIGURES_REFUSED, FIGURE_NOT_FOUND, NOT_CURRENT, SAME_VALUE } from "../problems.ts";
import { rowProblemText } from "../row-problem-text.ts";
import { findFigures, listVersions } from "../store/figures.ts";
import type { FigureRecord } from "../store/figures.ts";
import { insertCorrection, insertFigure, insertSource, raiseLedgerVersion } from "../store/staging.ts";

export type Correction = { id: number; value: string; unit: string; reason: string };

/**
 * @returns id of the figure that is current now
 * @throws FIGURE_NOT_FOUND, OUT_OF_SCOPE (a circular of another region), FIGURE_NOT_CURRENT, SAME_VALUE, FIGURES_REFUSED
 */
export async function correctFigure(pools: Pools, actor: Actor, input: Correction): Promise<number> {
  if (actor.door !== "taizhang_actor" || actor.access !== "write") throw FORBIDDEN();
  return withActor(pools, actor, async (tx) => {
    const [old] = await findFigures(tx, [input.id]);
    if (!old) throw FIGURE_NOT_FOUND();
    if (old.region < actor.regionFrom || old.region >= actor.regionTo) throw OUT_OF_SCOPE();
    const [current] = await listVersions(tx, old);
    if (current?.id !== old.id) throw NOT_CURRENT();
    const fresh = await readCorrected(tx, old, input);
    if (dec(fresh.value).eq(dec(old.value))) throw SAME_VALUE();

    const source = await insertSource(tx, {
      county: old.county,
      region: old.region,
      kind: "person",
      title: "更正",
      fileName: null,
      sha256: null,
      bytes: null,
      rows: 1,
      audience: old.audience ?? old.region,
      idempotency: null,
      recordedByTitle: actor.postTitle ?? "",
    });
    const replacement = await insertFigure(tx, { ...old, ...fresh, version: old.version + 1, source });
    await insertCorrection(tx, {
      county: old.county,
      region: old.region,
      superseded: old.id,
      replacement,
      reason: input.reason,
      audience: old.audience,
    });
    await raiseLedgerVersion(tx, [old.county]);
    await recordAudit(tx, {
      action: "ledger.correctFigure",
      object: `figure:${replacement}`,
      before: { figure: old.id, value: old.value, stated: old.stated },
      after: { figure: replacement, value: fresh.value, stated: fresh.stated, reason: input.reason },
    });
    return replacement;
  });
}

/** The corrected value under the same checks as a new one. */
async function readCorrected(
  tx: Tx,
  old: FigureRecord,
  input: Correction,
): Promise<{ value: string; stated: string }> {
  const measure = (await loadMeasures(tx)).byId.get(old.measure);
  if (!measure) throw FIGURE_NOT_FOUND();
  const read = validateNumber(measure, old.aspect, input.value, input.unit);
  if (!read.ok) throw FIGURES_REFUSED({ places: [{ ...rowProblemText(read.error), field: "value" }] });
  return { value: read.value.value, stated: read.value.stated };
}
