/** 规则: what makes a match a clue, how sure it must be, on what it rests, and how often it was right. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { RulesView, RuleView, Tier } from "../../../../domains/relief/contract.ts";
import { formatDecimal } from "../../../format/number.ts";
import { formatInstant } from "../../../format/time.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import type { Messages } from "../../../i18n/language.tsx";
import { useMay } from "../../../session/session.tsx";
import { usePageTitle } from "../../../shell/page-title.tsx";
import { Trouble, Waiting } from "../../../shell/trouble.tsx";
import { precisionShort } from "../clues/precision-words.ts";
import { probabilityText } from "../probability-text.ts";
import { columnName, kindName } from "./kind-name.ts";
import { RulesForm } from "./rules-form.tsx";
import { rulesQuery } from "./rules-query.ts";

export function RulesPage() {
  const { t } = useSpeech();
  const rules = useQuery(rulesQuery);
  const mayRun = useMay("lookback.run");
  usePageTitle(t.lookback.rules);
  return (
    <>
      {mayRun && (
        <p className="crumbs">
          <Link to="/lookback">{t.lookback.title}</Link>
        </p>
      )}
      <div className="page-head">
        <h1>{t.lookback.rules}</h1>
      </div>
      {rules.error !== null && <Trouble error={rules.error} again={() => void rules.refetch()} />}
      {rules.data === undefined ? (
        rules.error === null && <Waiting lines={10} />
      ) : (
        <Rules rules={rules.data} />
      )}
    </>
  );
}

function Rules({ rules }: { rules: RulesView }) {
  const { t } = useSpeech();
  const mayRun = useMay("lookback.run");
  const [isEditing, setEditing] = useState(false);
  return (
    <>
      <p className="note page-note">
        {t.lookback.rulesHint}
        <br />
        {t.lookback.rulesVersion(
          rules.version,
          rules.recordedAt === null ? t.lookback.fromPack : formatInstant(rules.recordedAt),
        )}
      </p>
      {isEditing ? (
        <RulesForm rules={rules} onDone={() => setEditing(false)} />
      ) : (
        <>
          <RuleTable rules={rules} />
          {mayRun && (
            <p className="actions list-end no-print">
              <button type="button" className="button" onClick={() => setEditing(true)}>
                {t.lookback.editRules}
              </button>
            </p>
          )}
        </>
      )}
    </>
  );
}

function RuleTable({ rules }: { rules: RulesView }) {
  const { t } = useSpeech();
  const head = t.lookback;
  return (
    <table className="table list rule-table">
      <thead>
        <tr>
          <th scope="col">{t.clues.rule}</th>
          <th scope="col">{head.registers}</th>
          <th scope="col">{head.conditions}</th>
          <th scope="col">{head.thresholds}</th>
          <th scope="col">{head.effect}</th>
          <th scope="col">{head.basis}</th>
          <th scope="col" className="r">
            {head.soFar}
          </th>
        </tr>
      </thead>
      <tbody>
        {rules.rules.map((rule) => (
          <RuleLine key={rule.code} rule={rule} precision={rules.precision[rule.code]} />
        ))}
      </tbody>
    </table>
  );
}

type RuleLineProps = { rule: RuleView; precision: RulesView["precision"][string] | undefined };

function RuleLine({ rule, precision }: RuleLineProps) {
  const { t, lang, nameOf } = useSpeech();
  const head = t.lookback;
  const comma = lang === "zh" ? "、" : ", ";
  return (
    <tr>
      <th scope="row">
        {nameOf(rule)}
        <span className="sub">{rule.code}</span>
      </th>
      <td data-label={head.registers}>{rule.registers.map((kind) => kindName(kind, t)).join(comma)}</td>
      <td data-label={head.conditions}>
        <span>
          {rule.when.length === 0
            ? head.noConditions
            : rule.when
                .map((condition) => conditionWords(condition, t, comma))
                .join(lang === "zh" ? "；" : "; ")}
        </span>
      </td>
      <td data-label={head.thresholds}>
        <ul className="thresholds">
          {thresholdsOf(rule).map(([least, tiers]) => (
            <li key={least}>
              {tiers.map((tier) => t.clues.tiers[tier]).join(comma)} ≥ {probabilityText(least)}
            </li>
          ))}
        </ul>
      </td>
      <td data-label={head.effect}>
        <span>
          {t.clues.effects[rule.effect]}
          {rule.isRebuttable && <span className="sub">{t.clues.rebuttable}</span>}
          {rule.isConfidential && <span className="sub">{t.clues.confidential}</span>}
        </span>
      </td>
      <td className="fine" data-label={head.basis}>
        {rule.basis === "" ? t.app.nowhere : rule.basis}
      </td>
      <td className="r" data-label={head.soFar}>
        {precision === undefined ? t.app.nowhere : precisionShort(precision, t)}
      </td>
    </tr>
  );
}

/** Tiers that share a threshold stand together. */
function thresholdsOf({ tiers }: RuleView): [least: number, tiers: Tier[]][] {
  const grouped = new Map<number, Tier[]>();
  for (const [tier, least] of Object.entries(tiers) as [Tier, number][])
    grouped.set(least, [...(grouped.get(least) ?? []), tier]);
  return [...grouped];
}

/** "价格 ≥ 30,000", "状态 属于 存续、在业" */
function conditionWords({ column, is, value }: RuleView["when"][number], t: Messages, comma: string): string {
  const text = Array.isArray(value)
    ? value.join(comma)
    : typeof value === "number"
      ? formatDecimal(String(value))
      : value;
  return `${columnName(column, t)} ${t.lookback.comparisons[is]} ${text}`;
}
