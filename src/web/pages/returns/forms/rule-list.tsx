/** 审核关系: each rule with its expression, checked as it is typed by the same code that runs it. */
import { useQuery } from "@tanstack/react-query";
import { useId, useRef } from "react";
import type { FormDefinition } from "../../../../domains/returns/contract.ts";
import { RECORDS } from "../../../../domains/returns/core/form.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import { ShapeMark } from "../../../shell/status-mark.tsx";
import { Choice, TextField } from "../../../shell/text-field.tsx";
import { FaultNote, useFieldMark, useInputMark } from "./field-marks.tsx";

export type FormRule = FormDefinition["rules"][number];

type RuleListProps = {
  form: FormDefinition;
  /** undefined: the rules are only read */
  onRules: ((rules: FormRule[]) => void) | undefined;
};

export function RuleList({ form, onRules }: RuleListProps) {
  const f = useReturnFormTexts();
  const { rules } = form;
  return (
    <section className="section" aria-labelledby="rules">
      <header>
        <h2 id="rules">{f.rules}</h2>
      </header>
      {[...rules.entries()].map(([at, rule]) =>
        onRules === undefined ? (
          <ReadRule key={rule.code} rule={rule} />
        ) : (
          <RuleFields
            key={at}
            place={`rules.${at}`}
            rule={rule}
            form={form}
            onRule={(changed) => onRules(rules.with(at, changed))}
            onRemove={() => onRules(rules.toSpliced(at, 1))}
          />
        ),
      )}
      {onRules !== undefined && (
        <p className="actions">
          <button type="button" className="button" onClick={() => onRules([...rules, fresh(form)])}>
            {f.rule.add}
          </button>
        </p>
      )}
    </section>
  );
}

function fresh({ rules, columns }: FormDefinition): FormRule {
  let n = rules.length + 1;
  while (rules.some(({ code }) => code === `rule${n}`)) n += 1;
  const column = columns.find(({ kind }) => kind === "number")?.code ?? null;
  return {
    code: `rule${n}`,
    kind: "logic",
    severity: "soft",
    scope: "row",
    expression: column === null ? "true" : `now.${column} >= 0`,
    column,
    messageZh: "请核对",
    messageEn: "Please check",
  };
}

function ReadRule({ rule }: { rule: FormRule }) {
  const { lang } = useSpeech();
  const f = useReturnFormTexts();
  return (
    <div className="rule-editor">
      <p>
        <ShapeMark shape={rule.severity === "hard" ? "severe" : "watch"}>
          <span className="words">{lang === "zh" ? rule.messageZh : rule.messageEn}</span>
        </ShapeMark>
      </p>
      <p className="mono">{rule.expression}</p>
      <p className="fine">
        {rule.code} · {f.rule.kinds[rule.kind]} · {f.rule.severities[rule.severity]} ·{" "}
        {f.rule.scopes[rule.scope]}
      </p>
    </div>
  );
}

type RuleFieldsProps = {
  /** of the rule among the fields of the editor */
  place: string;
  rule: FormRule;
  form: FormDefinition;
  onRule: (rule: FormRule) => void;
  onRemove: () => void;
};

function RuleFields({ place, rule, form, onRule, onRemove }: RuleFieldsProps) {
  const { nameOf } = useSpeech();
  const markAt = useFieldMark();
  const mark = (key: keyof FormRule) => markAt(`${place}.${key}`);
  const f = useReturnFormTexts();
  const put = (change: Partial<FormRule>) => onRule({ ...rule, ...change });
  const named = <Key extends string>(names: Readonly<Record<Key, string>>) =>
    Object.entries<string>(names).map(([value, name]) => ({ value, name }));
  return (
    <fieldset className="rule-editor plain-fieldset">
      <legend className="mono">{rule.code}</legend>
      <div className="rule-fields">
        <TextField
          {...mark("code")}
          label={f.rule.code}
          value={rule.code}
          onValue={(code) => put({ code })}
        />
        <Choice
          {...mark("kind")}
          label={f.rule.kind}
          value={rule.kind}
          onValue={(kind) => put({ kind: kind as FormRule["kind"] })}
          options={named(f.rule.kinds)}
        />
        <Choice
          {...mark("severity")}
          label={f.rule.severity}
          value={rule.severity}
          onValue={(severity) => put({ severity: severity as FormRule["severity"] })}
          options={named(f.rule.severities)}
        />
        <Choice
          {...mark("scope")}
          label={f.rule.scope}
          value={rule.scope}
          onValue={(scope) => put({ scope: scope as FormRule["scope"] })}
          options={named(f.rule.scopes)}
        />
        <Choice
          {...mark("column")}
          label={f.rule.column}
          value={rule.column ?? ""}
          onValue={(column) => put({ column: column === "" ? null : column })}
          options={[
            { value: "", name: f.rule.noColumn },
            ...form.columns.map((column) => ({ value: column.code, name: nameOf(column) })),
          ]}
        />
      </div>
      <ExpressionField
        field={`${place}.expression`}
        rule={rule}
        form={form}
        onExpression={(expression) => put({ expression })}
      />
      <div className="rule-fields messages">
        <TextField
          {...mark("messageZh")}
          label={f.rule.messageZh}
          value={rule.messageZh}
          onValue={(messageZh) => put({ messageZh })}
          hint={f.rule.messageHint}
        />
        <TextField
          {...mark("messageEn")}
          label={f.rule.messageEn}
          value={rule.messageEn}
          onValue={(messageEn) => put({ messageEn })}
        />
      </div>
      <button type="button" className="text-button" onClick={onRemove}>
        {f.rule.remove(rule.code)}
      </button>
    </fieldset>
  );
}

type ExpressionFieldProps = Pick<RuleFieldsProps, "rule" | "form"> & {
  field: string;
  onExpression: (text: string) => void;
};

function ExpressionField({ field, rule, form, onExpression }: ExpressionFieldProps) {
  const { nameOf } = useSpeech();
  const markAt = useInputMark();
  const liveId = useId();
  const f = useReturnFormTexts();
  const area = useRef<HTMLTextAreaElement>(null);
  const reader = useQuery({
    queryKey: ["expression-reader"],
    queryFn: () => import("./read-rule.ts"),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const fault = reader.data?.faultOf(rule.expression, form);
  const mark = markAt(field);
  const words =
    fault === undefined
      ? f.rule.ok
      : fault.unknown === undefined
        ? fault.text
        : f.rule.unknown(fault.unknown);
  const insert = (text: string) => {
    const box = area.current;
    const at = box?.selectionStart ?? rule.expression.length;
    const end = box?.selectionEnd ?? at;
    onExpression(rule.expression.slice(0, at) + text + rule.expression.slice(end));
    box?.focus();
  };
  return (
    <div className="field">
      <label>
        <span className="label">{f.rule.expression}</span>
        <textarea
          {...mark}
          ref={area}
          className="expression"
          value={rule.expression}
          spellCheck={false}
          maxLength={2000}
          aria-invalid={mark["aria-invalid"] ?? fault !== undefined}
          aria-describedby={[mark["aria-describedby"], liveId].filter(Boolean).join(" ")}
          onChange={(event) => onExpression(event.target.value)}
        />
      </label>
      {reader.data !== undefined && (
        <p role="status" id={liveId} className={fault === undefined ? "fine" : "wrong"}>
          <ShapeMark shape={fault === undefined ? "done" : "severe"}>
            <span className="words">{words}</span>
          </ShapeMark>
        </p>
      )}
      <FaultNote field={field} />
      <details>
        <summary className="fine">{f.rule.offered}</summary>
        <p className="offered">
          {RECORDS.map((name) => (
            <button type="button" key={name} className="text-button" onClick={() => insert(`${name}.`)}>
              {name} <span className="fine">{f.rule.records[name]}</span>
            </button>
          ))}
        </p>
        <p className="offered">
          {form.columns
            .filter(({ kind }) => kind === "number")
            .map((column) => (
              <button
                type="button"
                key={column.code}
                className="text-button"
                onClick={() => insert(`now.${column.code}`)}
              >
                {column.code} <span className="fine">{nameOf(column)}</span>
              </button>
            ))}
        </p>
      </details>
    </div>
  );
}
