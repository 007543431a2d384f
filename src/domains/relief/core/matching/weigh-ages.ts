/** Writes to the pairs what ages say, when it is known who is on each register. */
import { idLevel, isComparable } from "./compare-ids.ts";
import { nameLevel } from "./compare-names.ts";
import { ageEvidence, firstYear, rateOf, weighKinAges, yearsOfBirth } from "./kin-ages.ts";
import type { RegistryAges } from "./kin-ages.ts";
import { yearOf } from "./registry.ts";
import type { Registry } from "./registry.ts";
import type { RowColumns } from "./shared-columns.ts";
import type { RegisterPairs } from "./weights.ts";
import { codeId, codeName } from "./pair-code.ts";

type Ages = Pick<Registry, "birth" | "packed" | "marks" | "kin" | "kinYear">;
type Births = Pick<RowColumns, "birth" | "packed">;

/** @param rowYears each register's rows by year of birth since `firstYear` */
export function weighAges(
  { registry, ages: told }: { registry: Ages; ages: RegistryAges },
  registers: readonly RegisterPairs[],
  columns: readonly (readonly Births[])[],
  rowYears: readonly Float64Array[],
): void {
  registers.forEach(({ parts }, register) => {
    const ages = weighKinAges(told, rowYears[register] as Float64Array, countMatches(registry, parts));
    parts.forEach(({ pairs, strangers }, part) => {
      const rows = columns[register]?.[part] as Births;
      for (let i = 0; i < pairs.code.length; i++) {
        const id = codeId(pairs.code[i] as number);
        if (id !== idLevel.missing && id !== idLevel.borrowed) continue;
        const [row, person] = [pairs.row[i] as number, pairs.person[i] as number];
        const isNumberless = !isComparable(rows.packed[row] as number);
        pairs.age[i] = ageEvidence(
          ages,
          registry,
          { isNumberless, birth: rows.birth[row] as number },
          person,
        );
        pairs.rate[i] = rateOf(ages, registry, person);
      }
      for (let i = 0; i < strangers.code.length; i++)
        strangers.rate[i] = rateOf(ages, registry, strangers.person[i] as number);
    });
  });
}

/** Whose number and name stand on a register, by year of birth. */
function countMatches(registry: Ages, parts: RegisterPairs["parts"]): Float64Array {
  const years = new Float64Array(yearsOfBirth);
  for (const { pairs } of parts)
    for (let i = 0; i < pairs.code.length; i++) {
      const code = pairs.code[i] as number;
      if (codeId(code) !== idLevel.same || codeName(code) !== nameLevel.same) continue;
      const year = yearOf(registry, pairs.person[i] as number) - firstYear;
      if (year >= 0 && year < yearsOfBirth) years[year] = (years[year] as number) + 1;
    }
  return years;
}
