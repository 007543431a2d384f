import { expect, it } from "vitest";
import { idLevel } from "./compare-ids.ts";
import { usualNumbers } from "./weigh-numbers.ts";
import { bothMissing, personBorrowed, personMissing, rowMissing } from "./weights.ts";

it("counts strangers' numbers against pairs of two sound ones, as any row meets any person", () => {
  // Of a million rows and of all persons, by kind of number.
  const rows = { sound: 0.7, failed: 0.1, absent: 0.2 };
  const persons = { sound: 0.75, failed: 0.05, absent: 0.17, borrowed: 0.03, old: 0 };
  const counted = {
    comparable: Float64Array.of(1e6 * (rows.sound + rows.failed)),
    failed: Float64Array.of(1e6 * rows.failed),
    absent: Float64Array.of(1e6 * rows.absent),
  };
  const usual = usualNumbers(counted, 0, persons);
  const sound = rows.sound * persons.sound;
  const pairs = {
    [rowMissing]: rows.absent * (persons.sound + persons.failed),
    [personMissing]: (rows.sound + rows.failed) * persons.absent,
    [personBorrowed]: (rows.sound + rows.failed) * persons.borrowed,
    [bothMissing]: rows.absent * (persons.absent + persons.borrowed),
    [idLevel.farFailed]: rows.failed * (persons.sound + persons.failed) + rows.sound * persons.failed,
  };
  for (const [group, share] of Object.entries(pairs))
    expect((usual[Number(group)] as number) / (share / sound)).toBeCloseTo(1, 2);
});
