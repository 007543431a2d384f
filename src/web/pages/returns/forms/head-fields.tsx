/** 表头: what the form is called, who files it when, who looks at it, and what its rows are. */
import type { FormDefinition } from "../../../../domains/returns/contract.ts";
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import { Choice, TextField } from "../../../shell/text-field.tsx";
import { useFieldMark } from "./field-marks.tsx";
import { FilerFields } from "./filer-fields.tsx";
import { SubjectFields } from "./subject-fields.tsx";
import { UnitPicker } from "./unit-names.tsx";

type HeadFieldsProps = {
  form: FormDefinition;
  /** code and kind of period are settled once there is a first version */
  isNew: boolean;
  onChange: (change: Partial<FormDefinition>) => void;
};

const named = <Key extends string>(names: Readonly<Record<Key, string>>) =>
  Object.entries<string>(names).map(([value, name]) => ({ value, name }));
const numberOf = (text: string): number => Number(text.replace(/\D/g, "").slice(0, 2));

export function HeadFields({ form, isNew, onChange }: HeadFieldsProps) {
  const f = useReturnFormTexts();
  const mark = useFieldMark();
  return (
    <section className="section" aria-labelledby="head">
      <header>
        <h2 id="head">{f.head.title}</h2>
      </header>
      <div className="head-fields">
        <TextField
          {...mark("nameZh")}
          label={f.column.nameZh}
          value={form.nameZh}
          onValue={(nameZh) => onChange({ nameZh })}
        />
        <TextField
          {...mark("nameEn")}
          label={f.column.nameEn}
          value={form.nameEn}
          onValue={(nameEn) => onChange({ nameEn })}
        />
        {isNew && (
          <>
            <TextField
              {...mark("code")}
              label={f.column.code}
              value={form.code}
              onValue={(code) => onChange({ code: code.toLowerCase() })}
              hint={f.head.codeHint}
              className="mono"
            />
            <Choice
              {...mark("periodForm")}
              label={f.periodForm}
              value={form.periodForm}
              onValue={(value) => onChange({ periodForm: value as FormDefinition["periodForm"] })}
              options={named(f.periodForms)}
            />
          </>
        )}
        <DueFields due={form.due} onDue={(due) => onChange({ due })} />
        <ScheduleFields form={form} onSchedule={(schedule) => onChange({ schedule })} />
      </div>
      <FilerFields filers={form.filers} onFilers={(filers) => onChange({ filers })} />
      <ReviewFields review={form.review} onReview={(review) => onChange({ review })} />
      <SubjectFields subjects={form.subjects} onSubjects={(subjects) => onChange({ subjects })} />
    </section>
  );
}

type DueFieldsProps = { due: FormDefinition["due"]; onDue: (due: FormDefinition["due"]) => void };

function DueFields({ due, onDue }: DueFieldsProps) {
  const f = useReturnFormTexts();
  const mark = useFieldMark();
  return (
    <>
      <Choice
        {...mark("due.kind")}
        label={f.facts.due}
        value={due.kind}
        onValue={(kind) =>
          onDue(kind === "day" ? { kind, day: 10, roll: "later" } : { kind: "working-days", count: 5 })
        }
        options={named(f.head.dueKinds)}
      />
      {due.kind === "working-days" ? (
        <TextField
          {...mark("due.count")}
          label={f.head.workingDay}
          inputMode="numeric"
          value={due.count === 0 ? "" : String(due.count)}
          onValue={(text) => onDue({ ...due, count: numberOf(text) })}
        />
      ) : (
        <>
          <TextField
            {...mark("due.day")}
            label={f.head.day}
            inputMode="numeric"
            value={due.day === 0 ? "" : String(due.day)}
            onValue={(text) => onDue({ ...due, day: numberOf(text) })}
          />
          <Choice
            label={f.head.roll}
            value={due.roll}
            onValue={(roll) => onDue({ ...due, roll: roll as typeof due.roll })}
            options={[
              { value: "earlier", name: f.facts.earlier },
              { value: "later", name: f.facts.later },
            ]}
          />
        </>
      )}
    </>
  );
}

type ScheduleFieldsProps = {
  form: FormDefinition;
  onSchedule: (schedule: FormDefinition["schedule"]) => void;
};

/** Without a first period it is opened by hand. */
function ScheduleFields({ form: { schedule, periodForm }, onSchedule }: ScheduleFieldsProps) {
  const f = useReturnFormTexts();
  const mark = useFieldMark();
  const put = (from: string, to: string) =>
    onSchedule(from === "" ? null : { from, to: to === "" ? null : to });
  const [from, to] = [schedule?.from ?? "", schedule?.to ?? ""];
  return (
    <>
      <TextField
        {...mark("schedule.from")}
        label={f.head.scheduleFrom}
        value={from}
        onValue={(text) => put(text.trim(), to)}
        hint={`${f.head.scheduleHint}${f.openings.periodHint[periodForm]}`}
      />
      {schedule !== null && (
        <TextField
          {...mark("schedule.to")}
          label={f.head.scheduleTo}
          value={to}
          onValue={(text) => put(from, text.trim())}
          hint={f.head.scheduleToHint}
        />
      )}
    </>
  );
}

type Review = FormDefinition["review"];
const MOST_LEVELS = 4;

function ReviewFields({ review, onReview }: { review: Review; onReview: (review: Review) => void }) {
  const f = useReturnFormTexts();
  const mark = useFieldMark();
  return (
    <fieldset className="plain-fieldset">
      <legend>{f.facts.review}</legend>
      {[...review.entries()].map(([at, one]) => (
        <div className="review-level" key={at}>
          <Choice
            {...mark(`review.${at}.level`)}
            label={f.head.level(at + 1)}
            value={one.level}
            onValue={(level) => onReview(review.with(at, { ...one, level: level as typeof one.level }))}
            options={named(f.facts.levels)}
          />
          <UnitPicker
            field={`review.${at}.units`}
            label={f.head.reviewers}
            codes={one.units}
            onCodes={(units) => onReview(review.with(at, { ...one, units }))}
          />
          {review.length > 1 && (
            <button type="button" className="text-button" onClick={() => onReview(review.toSpliced(at, 1))}>
              {f.head.withoutLevel}
            </button>
          )}
        </div>
      ))}
      {review.length < MOST_LEVELS && (
        <p className="actions">
          <button
            type="button"
            className="button"
            onClick={() => onReview([...review, { level: "county", units: [] }])}
          >
            {f.head.addLevel}
          </button>
        </p>
      )}
    </fieldset>
  );
}
