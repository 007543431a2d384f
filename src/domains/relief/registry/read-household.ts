/** A household as people see it, and in full for whoever says why. */
import type { Tx } from "../../../platform/db/actor.ts";
import type { Sealer } from "../../../platform/sealing/sealer.ts";
import { lineage } from "../../../shared/region-code.ts";
import { recordAudit } from "../../audit/index.ts";
import { listRegionsByCode } from "../../org/index.ts";
import type { HouseholdView, IncomeView, UnmaskedView } from "../contract.ts";
import { findBreaks, povertyLine } from "../core/registry/incomes.ts";
import type { StatedIncome } from "../core/registry/incomes.ts";
import { statusAfter } from "../core/registry/status-after.ts";
import * as store from "./household-store.ts";
import { HOUSEHOLD_NOT_FOUND } from "./problems.ts";
import { openAccount, openIdNumber, openPhone } from "./sealed-fields.ts";

/** @throws HOUSEHOLD_NOT_FOUND also for one outside the scope */
export async function getHousehold(tx: Tx, id: number): Promise<store.StoredHousehold> {
  const home = await store.findHousehold(tx, id);
  if (home === undefined) throw HOUSEHOLD_NOT_FOUND();
  return home;
}

/** @throws HOUSEHOLD_NOT_FOUND */
export async function readHousehold(tx: Tx, id: number): Promise<HouseholdView> {
  const home = await getHousehold(tx, id);
  // Sent together: the database answers them in order, without a wait between.
  const [regions, members, causes, incomes, measures, actions, recusals] = await Promise.all([
    listRegionsByCode(tx, lineage(home.region)),
    store.listHouseholdMembers(tx, home),
    store.listCauses(tx, home),
    store.listIncomes(tx, home),
    store.listMeasures(tx, home),
    store.listActions(tx, home),
    store.listRecusals(tx, home),
  ]);
  const region = regions.find(({ code }) => code === home.region) as HouseholdView["region"];
  const above = regions.filter(
    ({ code, level }) => code !== home.region && (level === "township" || level === "county"),
  );
  return {
    id: home.id,
    number: home.number,
    region,
    above: above.toReversed(),
    status: statusAfter(home.lastAction),
    phoneMask: home.phoneMask,
    accountMask: home.accountMask,
    form: home.form,
    causes,
    members: members.map(({ lastAction, ...member }) => ({ ...member, status: statusAfter(lastAction) })),
    incomes: incomes.map((income) => toIncomeView(income, home.region)),
    measures,
    actions,
    recusals,
    origin: {
      id: home.originId,
      title: home.originTitle ?? "",
      origin: home.origin,
      fileName: home.originFile,
      sha256: home.originSha256,
      recordedAt: home.originAt,
    },
  };
}

function toIncomeView({ year, ...income }: StatedIncome & { year: number }, region: number): IncomeView {
  return {
    year,
    ...income,
    breaks: findBreaks(income),
    line: povertyLine(year, lineage(region))?.line ?? null,
  };
}

/**
 * ID numbers, phone and account in full. The trail keeps who, when, from where and why, and none of the numbers.
 * @throws HOUSEHOLD_NOT_FOUND
 */
export async function unmaskHousehold(
  tx: Tx,
  sealer: Sealer,
  { id, purpose }: { id: number; purpose: string },
): Promise<UnmaskedView> {
  const home = await getHousehold(tx, id);
  const sealed = await store.readSealed(tx, home);
  const unmasked = {
    phone: sealed.phone && openPhone(sealer, sealed.phone),
    account: sealed.account && openAccount(sealer, sealed.account),
    persons: sealed.persons.map((person) => ({
      id: person.id,
      idNumber: person.idNumber && openIdNumber(sealer, person.idNumber),
    })),
  };
  await recordAudit(tx, {
    action: "relief.unmask",
    object: `household:${home.id}`,
    after: { purpose, persons: sealed.persons.map((person) => person.id) },
  });
  return unmasked;
}
