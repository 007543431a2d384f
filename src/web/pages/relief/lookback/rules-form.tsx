/** A new version of the rules: thresholds, probabilities and effect can be changed here; the version before stays. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SubmitEvent } from "react";
import type { RulesView, RuleView } from "../../../../domains/relief/contract.ts";
import { api } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useSession } from "../../../session/session.tsx";
import { Choice, TextField } from "../../../shell/text-field.tsx";
import { Trouble } from "../../../shell/trouble.tsx";
import { columnName } from "./kind-name.ts";

type RulesFormProps = { rules: RulesView; onDone: () => void };

export function RulesForm({ rules: current, onDone }: RulesFormProps) {
  const { t } = useSpeech();
  const { today } = useSession();
  const client = useQueryClient();
  const [version, setVersion] = useState(() => nextVersion(current.version, today));
  const [rules, setRules] = useState<RuleView[]>(current.rules);
  const change = useMutation({
    mutationFn: () => api.changeRules({ version: version.trim(), rules: rules.map(tidied) }),
    onSuccess: async (next) => {
      client.setQueryData(["lookback-rules"], next);
      await client.invalidateQueries({ queryKey: ["lookback-precision"] });
      onDone();
    },
  });
  const put = (code: string, part: Partial<RuleView>) =>
    setRules(rules.map((rule) => (rule.code === code ? { ...rule, ...part } : rule)));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate();
  };
  return (
    <form className="form wide" onSubmit={submit}>
      {rules.map((rule) => (
        <RuleFields
          key={rule.code}
          rule={rule}
          before={current.rules.find((one) => one.code === rule.code) ?? rule}
          onChange={(part) => put(rule.code, part)}
        />
      ))}
      <TextField
        label={t.lookback.newVersion}
        value={version}
        onValue={setVersion}
        hint={t.lookback.newVersionHint}
        maxLength={40}
        spellCheck={false}
        required
      />
      {change.error !== null && <Trouble error={change.error} />}
      <div className="actions">
        <button type="submit" className="button first" aria-disabled={change.isPending}>
          {t.lookback.saveRules}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {t.app.cancel}
        </button>
      </div>
    </form>
  );
}

/** "2016-08-20", and "2016-08-20-2" when the day has one already. */
function nextVersion(version: string, today: string): string {
  if (!version.startsWith(today)) return today;
  const number = Number(version.slice(today.length + 1) || "1");
  return Number.isInteger(number) ? `${today}-${number + 1}` : `${today}-2`;
}

/** Words that are being typed may have gaps between them. */
function tidied(rule: RuleView): RuleView {
  const when = rule.when.map((one) => ({
    ...one,
    value: Array.isArray(one.value) ? one.value.filter((word) => word !== "") : one.value,
  }));
  return { ...rule, when };
}

type RuleFieldsProps = { rule: RuleView; before: RuleView; onChange: (part: Partial<RuleView>) => void };

function RuleFields({ rule, before, onChange }: RuleFieldsProps) {
  const { t, nameOf } = useSpeech();
  return (
    <fieldset className="record-row rule-fields">
      <legend>{nameOf(rule)}</legend>
      {Object.entries(rule.tiers).map(([tier, least]) => (
        <TextField
          key={tier}
          label={`${t.clues.tiers[tier as keyof typeof t.clues.tiers]} ≥ %`}
          type="number"
          min={0}
          max={100}
          step={0.1}
          value={String(Number((least * 100).toFixed(1)))}
          onValue={(text) => onChange({ tiers: { ...rule.tiers, [tier]: Number(text) / 100 } })}
          required
        />
      ))}
      {rule.when.map((condition, at) => (
        <TextField
          key={`${condition.column} ${condition.is}`}
          label={`${columnName(condition.column, t)} ${t.lookback.comparisons[condition.is]}`}
          inputMode={typeof before.when[at]?.value === "number" ? "decimal" : "text"}
          pattern={typeof before.when[at]?.value === "number" ? "-?\\d+(\\.\\d+)?" : undefined}
          value={Array.isArray(condition.value) ? condition.value.join(" ") : String(condition.value)}
          onValue={(text) =>
            onChange({
              when: rule.when.map((one, index) =>
                index === at ? { ...one, value: valueLike(before.when[at]?.value, text) } : one,
              ),
            })
          }
          hint={Array.isArray(condition.value) ? t.lookback.wordsApart : undefined}
          required
        />
      ))}
      <Choice
        label={t.lookback.effect}
        value={rule.effect}
        onValue={(effect) => onChange({ effect: effect === "exclude" ? "exclude" : "flag" })}
        options={(["exclude", "flag"] as const).map((value) => ({ value, name: t.clues.effects[value] }))}
      />
    </fieldset>
  );
}

type Value = RuleView["when"][number]["value"];

/** What is typed, of the kind that it was: a number, a word, or words apart by spaces. */
function valueLike(before: Value | undefined, text: string): Value {
  if (Array.isArray(before)) return text.split(/[\s、,，]/);
  if (typeof before === "number" && text.trim() !== "" && Number.isFinite(Number(text))) return Number(text);
  return text;
}
