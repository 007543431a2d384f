/** Why a soft rule does not hold, in the filer's words. */
import type { Tx } from "../../../platform/db/actor.ts";
import type { z } from "zod";
import { recordAudit } from "../../audit/index.ts";
import type { ExplainRequest } from "../contract.ts";
import { NOTHING_TO_EXPLAIN, NUMBERS_CHANGED } from "../problems.ts";
import type { Viewer } from "../viewer.ts";
import { openForEditing } from "./edit-cells.ts";
import { findingsOf, readChecking } from "./findings.ts";
import { readContent } from "./read-return.ts";
import { deleteExplanation, saveExplanation } from "./store.ts";

/** An empty text takes the explanation back. @throws as `getEditable`; RETURN_NOTHING_TO_EXPLAIN, RETURN_NUMBERS_CHANGED */
export async function explain(
  tx: Tx,
  id: number,
  request: z.infer<typeof ExplainRequest>,
  { viewer, now }: { viewer: Viewer; now: Date },
): Promise<void> {
  const one = await openForEditing(tx, id, viewer, now);
  const { code, text } = request;
  const subject = request.subject ?? "";
  if (text.length < 2) {
    const taken = await deleteExplanation(tx, one, { code, subject });
    if (taken !== undefined)
      await recordAudit(tx, {
        action: "returns.explain",
        object: `return:${id}`,
        before: { code, subject, text: taken },
        after: { code, subject, text: null },
      });
    return;
  }
  const checking = await readChecking(tx, one, viewer);
  const rows = await readContent(tx, one, checking.form);
  const found = (await findingsOf(checking, rows)).find(
    (finding) => finding.code === code && (finding.subject ?? "") === subject && finding.severity === "soft",
  );
  if (found === undefined) throw NOTHING_TO_EXPLAIN();
  const { numbers } = found;
  if (request.numbers !== undefined && request.numbers !== numbers) throw NUMBERS_CHANGED();
  await saveExplanation(tx, one, { code, subject, text, numbers });
  await recordAudit(tx, {
    action: "returns.explain",
    object: `return:${id}`,
    ...(found.explanation === null ? {} : { before: { code, subject, text: found.explanation } }),
    after: { code, subject, text },
  });
}
