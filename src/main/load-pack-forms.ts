/** The forms of a pack, and the periods that their schedules call for. */
import { PackError } from "../../packs/pack-schema.ts";
import type { Pack } from "../../packs/pack-schema.ts";
import { makeSystemActor } from "../domains/auth/index.ts";
import { FormDefinition } from "../domains/returns/contract.ts";
import { ensureForm, openScheduled } from "../domains/returns/index.ts";
import { withActor } from "../platform/db/actor.ts";
import { countyOf } from "../shared/region-code.ts";
import type { Application } from "./application.ts";

export async function loadForms(application: Application, pack: Pack, today: string): Promise<void> {
  const forms = readForms(pack);
  if (forms.length === 0) return;
  const actor = { ...makeSystemActor("taizhang_actor", pack.region), postTitle: "数据包装载 pack loader" };
  await withActor(application.pools, actor, async (tx) => {
    for (const form of forms) await ensureForm(tx, countyOf(pack.region), form);
    await openScheduled(tx, today);
  });
}

/** @throws PackError naming file and field */
function readForms(pack: Pack): FormDefinition[] {
  const problems: { file: string; message: string }[] = [];
  const forms = pack.forms.flatMap(({ file, definition }) => {
    const parsed = FormDefinition.safeParse(definition);
    if (parsed.success) return [parsed.data];
    for (const issue of parsed.error.issues)
      problems.push({ file, message: `${issue.path.join(".")}: ${issue.message}` });
    return [];
  });
  if (problems.length > 0) throw new PackError(pack.dir, problems);
  return forms;
}
