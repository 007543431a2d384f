/** What a visit has left on this machine: signing out takes it away, for the next person's hands and eyes are others. */
import { forgetEvidence, keysOfEvidence } from "./unsent-evidence.ts";
import { cluesWithDraft, forgetDraft } from "./visit-draft.ts";

export type LeftOnDevice = { pictures: number; drafts: number };

export async function countLeft(account: number): Promise<LeftOnDevice> {
  const pictures = await keysOfEvidence(account);
  return { pictures: pictures.length, drafts: cluesWithDraft(account).length };
}

export async function forgetLeft(account: number): Promise<void> {
  for (const clue of cluesWithDraft(account)) forgetDraft({ clue, account });
  await Promise.all((await keysOfEvidence(account)).map(forgetEvidence));
}
