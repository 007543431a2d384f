import type { FormDefinition } from "../../../../domains/returns/contract.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import { useKindName, useRegionName, useUnitName } from "./unit-names.tsx";

/** Who files it when, who looks at it, and what its rows are. */
export function FormFacts({ form }: { form: FormDefinition }) {
  const { t, nameOf } = useSpeech();
  const f = useReturnFormTexts();
  const unitName = useUnitName();
  const kindName = useKindName();
  const regionName = useRegionName();
  const { due, subjects, filers } = form;
  const lines: [string, string][] = [
    [f.periodForm, f.periodForms[form.periodForm]],
    [f.owner, unitName(form.owner)],
    [
      f.facts.filers,
      [
        f.facts.kindsWithin(
          filers.kinds.map((kind) => f.head.every(kindName(kind))).join(f.listed),
          (filers.within ?? []).map(regionName).join(f.listed),
        ),
        ...filers.units.map(unitName),
      ]
        .filter(Boolean)
        .join(f.listed),
    ],
    [
      f.facts.review,
      form.review
        .map(({ level, units }) =>
          [f.facts.levels[level], units.map(unitName).join(f.listed)].filter(Boolean).join(" "),
        )
        .join(" → "),
    ],
    [
      f.facts.due,
      due.kind === "working-days"
        ? f.facts.workingDays(due.count)
        : `${f.facts.day(due.day)} · ${due.roll === "earlier" ? f.facts.earlier : f.facts.later}`,
    ],
    [
      f.facts.subjects,
      subjects.kind === "region"
        ? f.facts.region
        : [nameOf(subjects), subjects.items.map(nameOf).join(" · "), subjects.isOpen ? f.facts.open : ""]
            .filter(Boolean)
            .join(": "),
    ],
  ];
  return (
    <dl className="facts-list form-facts">
      {lines.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value === "" ? t.app.nowhere : value}</dd>
        </div>
      ))}
    </dl>
  );
}
