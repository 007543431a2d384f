/** Trying a form's rules on returns that were filed before: how often each would have fired, and where. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { RuleTrial } from "../contract.ts";
import { checkReturn, readRule } from "../core/check-return.ts";
import type { Finding, ReadyRule } from "../core/check-return.ts";
import type { FormDefinition, ReturnRow, Rule } from "../core/form.ts";
import { readSurroundings } from "../filing/surroundings.ts";
import { listRows } from "../filing/store.ts";
import type { StoredReturn } from "../filing/store.ts";

const MOST_RETURNS = 500;
const MOST_EXAMPLES = 5;

type Filed = Pick<StoredReturn, "county" | "id" | "unit" | "region" | "form" | "period" | "version"> & {
  unitZh: string;
  unitEn: string;
};

/** Over submitted and accepted returns in the actor's scope, the newest first, at most 500. */
export async function tryRules(
  tx: Tx,
  { form, from, to }: { form: FormDefinition; from: string; to: string },
): Promise<{ returns: number; items: RuleTrial[] }> {
  const trials = new Map(form.rules.map((rule) => [rule.code, startTrial(rule)]));
  const ready = form.rules.flatMap((rule): ReadyRule[] => {
    const read = readRule(rule);
    return read.ok ? [read.value] : [];
  });
  const filed = await listFiled(tx, form.code, from, to);
  for (const one of filed) {
    const rows = await listRows(tx, one, one.version);
    const surroundings = await readSurroundings(tx, { about: one, seesLedger: true }, form, ready);
    for (const { rule } of ready) {
      const trial = trials.get(rule.code);
      if (trial !== undefined) trial.asked += rule.scope === "row" ? rows.length : 1;
    }
    // REQUIRED is no rule and has no trial.
    for (const finding of checkReturn(form, ready, rows, surroundings))
      count(trials.get(finding.code), finding, one, rows);
  }
  return { returns: filed.length, items: [...trials.values()] };
}

function startTrial(rule: Rule): RuleTrial {
  const read = readRule(rule);
  return { code: rule.code, fault: read.ok ? null : read.error, asked: 0, fired: 0, examples: [] };
}

function count(trial: RuleTrial | undefined, finding: Finding, one: Filed, rows: readonly ReturnRow[]): void {
  if (trial === undefined) return;
  trial.fired++;
  if (trial.examples.length >= MOST_EXAMPLES) return;
  const { zh, en, subject } = finding;
  const name = rows.find((row) => row.subject === subject)?.name ?? null;
  trial.examples.push({ period: one.period, unitZh: one.unitZh, unitEn: one.unitEn, name, zh, en });
}

async function listFiled(tx: Tx, form: string, from: string, to: string): Promise<Filed[]> {
  const { rows } = await tx.query<Filed>(sql`
    SELECT r.county, r.id, r.unit, r.region, r.form, r.period, coalesce(r.accepted, r.version) AS version,
      u.name_zh AS "unitZh", u.name_en AS "unitEn"
    FROM returns.returns r JOIN org.units u ON u.county = r.county AND u.id = r.unit
    WHERE r.form = ${form} AND r.period >= ${from} AND r.period <= ${to}
      AND (r.accepted IS NOT NULL OR r.status = 'submitted')
    ORDER BY r.period DESC, r.id LIMIT ${MOST_RETURNS}`);
  return rows;
}
