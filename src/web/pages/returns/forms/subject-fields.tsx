/** 填报对象: the region itself, or a list of enterprises, products or projects. */
import { useState } from "react";
import type { FormDefinition } from "../../../../domains/returns/contract.ts";
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import { Choice, TextField } from "../../../shell/text-field.tsx";
import { FaultNote, useFieldMark, useInputMark } from "./field-marks.tsx";
import { readItems, writeItems } from "./subject-lines.ts";

type Subjects = FormDefinition["subjects"];
type List = Extract<Subjects, { kind: "list" }>;

export function SubjectFields({
  subjects,
  onSubjects,
}: {
  subjects: Subjects;
  onSubjects: (subjects: Subjects) => void;
}) {
  const f = useReturnFormTexts();
  const mark = useFieldMark();
  const begin = (kind: string): Subjects => {
    if (kind === "region") return { kind };
    const [nameZh, nameEn] = ["企业", "Enterprise"];
    return { kind: "list", prefix: "enterprise", nameZh, nameEn, items: [], isOpen: true };
  };
  return (
    <fieldset className="plain-fieldset">
      <legend>{f.facts.subjects}</legend>
      <div className="head-fields">
        <Choice
          {...mark("subjects.kind")}
          label={f.facts.subjects}
          value={subjects.kind}
          onValue={(kind) => onSubjects(begin(kind))}
          options={[
            { value: "region", name: f.facts.region },
            { value: "list", name: f.head.list },
          ]}
        />
        {subjects.kind === "list" && <ListFields list={subjects} onList={onSubjects} />}
      </div>
      {subjects.kind === "list" && <ItemLines list={subjects} onList={onSubjects} />}
    </fieldset>
  );
}

type ListProps = { list: List; onList: (list: List) => void };

function ListFields({ list, onList }: ListProps) {
  const f = useReturnFormTexts();
  const mark = useFieldMark();
  const put = (change: Partial<List>) => onList({ ...list, ...change });
  const prefixes = new Map(Object.entries<string>(f.head.prefixes));
  if (!prefixes.has(list.prefix)) prefixes.set(list.prefix, list.prefix);
  return (
    <>
      <Choice
        {...mark("subjects.prefix")}
        label={f.head.prefix}
        value={list.prefix}
        onValue={(prefix) => put({ prefix })}
        options={[...prefixes].map(([value, name]) => ({ value, name }))}
      />
      <TextField
        {...mark("subjects.nameZh")}
        label={f.head.listZh}
        value={list.nameZh}
        onValue={(nameZh) => put({ nameZh })}
      />
      <TextField
        {...mark("subjects.nameEn")}
        label={f.head.listEn}
        value={list.nameEn}
        onValue={(nameEn) => put({ nameEn })}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={list.isOpen}
          onChange={(event) => put({ isOpen: event.target.checked })}
        />
        {f.facts.open}
      </label>
    </>
  );
}

/** A line each, so that a list can be pasted from a sheet. */
function ItemLines({ list, onList }: ListProps) {
  const f = useReturnFormTexts();
  const mark = useInputMark();
  const [text, setText] = useState(() => writeItems(list.items));
  return (
    <div className="field">
      <label>
        <span className="label">{f.head.items}</span>
        <textarea
          {...mark("subjects.items")}
          className="mono"
          rows={Math.min(12, Math.max(3, list.items.length + 1))}
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            onList({ ...list, items: readItems(event.target.value) });
          }}
        />
        <span className="fine">{f.head.itemsHint(list.items.length)}</span>
      </label>
      <FaultNote field="subjects.items" />
    </div>
  );
}
