/** The part of `taizhang proof` that opens the database: a draft against the ledger. */
import { makeSystemActor } from "../../domains/auth/index.ts";
import { proofDraft } from "../../domains/proofing/actions.ts";
import type { ProofView } from "../../domains/proofing/contract.ts";
import { readConfig } from "../../platform/config.ts";
import { defineProblem } from "../../platform/problem.ts";
import { emptyDatabase, openApplication } from "../application.ts";
import { note } from "../command.ts";

export type LedgerWanted = { region: number | undefined; period: string | undefined };

const NO_LEDGER = defineProblem("NO_LEDGER", 503, "没有可比对的台账", "There is no ledger to compare with");

/** @throws NO_LEDGER; OUT_OF_SCOPE, REGION_NOT_FOUND, DRAFT_EMPTY, DRAFT_TOO_LONG */
export async function proofAgainstLedger(text: string, wanted: LedgerWanted): Promise<ProofView> {
  const application = await open();
  try {
    const installation = await application.installation();
    if (!installation) throw NO_LEDGER({ detail: { zh: "数据库是空的，请先安装", en: emptyDatabase } });
    const reader = makeSystemActor("taizhang_actor", installation.county);
    const actor = { ...reader, access: "read" as const };
    return await proofDraft(text, { pools: application.pools, actor, ...wanted });
  } finally {
    await application.close();
  }
}

async function open(): ReturnType<typeof openApplication> {
  try {
    const config = readConfig(process.env);
    return await openApplication(config, { log: note, cluster: "attach", schema: "refuse" });
  } catch (error) {
    const { message } = error as Error;
    throw NO_LEDGER({ detail: { zh: message, en: message } });
  }
}
