/** What posts record about a household: help, income, exit and return, and who must not verify it. */
import type { Tx } from "../../../platform/db/actor.ts";
import { recordAudit } from "../../audit/index.ts";
import type {
  RecordIncomeRequest,
  RecordMeasureRequest,
  RecusalRequest,
  RegistryActionRequest,
  RegistryStatus,
} from "../contract.ts";
import { isMeasureKind } from "../core/registry/causes.ts";
import { statusAfter } from "../core/registry/status-after.ts";
import * as store from "./household-store.ts";
import { ACTION_REFUSED, DAY_IN_FUTURE, UNKNOWN_MEASURE_KIND } from "./problems.ts";
import { getHousehold } from "./read-household.ts";

/** @throws DAY_IN_FUTURE */
function requirePast(day: string, today: string): void {
  if (day > today)
    throw DAY_IN_FUTURE({
      detail: { zh: `${day} 晚于今天 ${today}`, en: `${day} is after today, ${today}` },
    });
}

/** @throws HOUSEHOLD_NOT_FOUND, UNKNOWN_MEASURE_KIND, DAY_IN_FUTURE */
export async function recordMeasure(
  tx: Tx,
  today: string,
  { id, ...measure }: RecordMeasureRequest & { id: number },
): Promise<void> {
  const home = await getHousehold(tx, id);
  if (!isMeasureKind(measure.kind)) throw UNKNOWN_MEASURE_KIND();
  requirePast(measure.onDay, today);
  const made = await store.insertMeasure(tx, home, measure);
  await recordAudit(tx, {
    action: "relief.recordMeasure",
    object: `household:${home.id}`,
    after: { measure: made, kind: measure.kind, cost: measure.cost, onDay: measure.onDay },
  });
}

/** The form's figures of a year, as stated; a second time replaces the first, and the trail keeps both. @throws HOUSEHOLD_NOT_FOUND */
export async function recordIncome(
  tx: Tx,
  today: string,
  { id, ...income }: RecordIncomeRequest & { id: number; year: number },
): Promise<void> {
  const home = await getHousehold(tx, id);
  requirePast(`${income.year}-01-01`, today);
  await store.lockHousehold(tx, home);
  const before = (await store.listIncomes(tx, home)).find(({ year }) => year === income.year);
  await store.upsertIncome(tx, home, income);
  await recordAudit(tx, {
    action: "relief.recordIncome",
    object: `household:${home.id}`,
    before,
    after: income,
  });
}

/** From where each action leads on. */
const FROM: Readonly<Record<RegistryActionRequest["kind"], readonly RegistryStatus[]>> = {
  exit: ["registered", "returned"],
  return: ["exited"],
};

/** @throws HOUSEHOLD_NOT_FOUND, ACTION_REFUSED, DAY_IN_FUTURE */
export async function actOnHousehold(
  tx: Tx,
  today: string,
  asked: RegistryActionRequest & { id: number },
): Promise<void> {
  const { kind, onDay, reason } = asked;
  await store.lockHousehold(tx, await getHousehold(tx, asked.id));
  // Read again under the lock: somebody else may have acted meanwhile.
  const home = await getHousehold(tx, asked.id);
  const status = statusAfter(home.lastAction);
  if (!FROM[kind].includes(status)) throw ACTION_REFUSED();
  requirePast(onDay, today);
  const since = (await store.listActions(tx, home)).find(
    (one) => one.person === null && one.kind !== "amend",
  );
  if (since !== undefined && onDay < since.onDay)
    throw ACTION_REFUSED({
      detail: {
        zh: `${onDay} 早于上一次变动的日期 ${since.onDay}`,
        en: `${onDay} is before ${since.onDay}, the day of what happened last`,
      },
    });
  const [before, after] = [{ status }, { status: statusAfter(kind) }];
  await store.insertAction(tx, home, { kind, onDay, reason, before, after });
  await recordAudit(tx, {
    action: "relief.actOnHousehold",
    object: `household:${home.id}`,
    before,
    after: { ...after, onDay, reason },
  });
}

/** @throws HOUSEHOLD_NOT_FOUND */
export async function recuse(tx: Tx, asked: RecusalRequest & { id: number }): Promise<void> {
  const home = await getHousehold(tx, asked.id);
  const { official, kinship } = asked;
  if (!(await store.insertRecusal(tx, home, { official, kinship }))) return;
  await recordAudit(tx, {
    action: "relief.recuse",
    object: `household:${home.id}`,
    after: { official, kinship },
  });
}
