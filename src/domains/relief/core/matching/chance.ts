/** How many registered persons would agree with a row by chance alone. */
import type { BlockFields } from "./blocks.ts";
import { nameLevel } from "./compare-names.ts";
import type { RegisterRows } from "./find-candidates.ts";
import { countOf } from "./hash.ts";
import {
  givenNearShare,
  givenShare,
  givenSoundShare,
  surnameShare,
  surnameSoundShare,
} from "./name-counts.ts";
import type { AllNames } from "./name-counts.ts";
import { emptyName, takeName } from "./name-parts.ts";
import type { NameParts } from "./name-parts.ts";
import { placeLevel } from "./places.ts";
import { surnameShareIn } from "./registry.ts";
import type { Registry } from "./registry.ts";

/** Registry × share of the place among the rows × share of the name. */
export function makeChance(registry: Registry, names: AllNames, rows: RegisterRows) {
  const known = emptyName();
  return (fields: BlockFields, person: number, name: number, place: number): number => {
    takeName(registry, person, known);
    const isSound = name === nameLevel.homophone;
    const surname = (isSound ? known.surnameSound : known.surname) || 1;
    const everywhere = isSound ? surnameSoundShare(names, known) : surnameShare(names, known);
    const ofSurname =
      place === placeLevel.village
        ? surnameShareIn(registry, fields.place.village, surname, everywhere)
        : everywhere;
    const shares =
      placeShare(registry, rows, fields, place) * ofSurname * shareOfGiven(names, fields.name, known, name);
    return registry.rows * shares + 1e-9;
  };
}

function placeShare(
  registry: Registry,
  rows: RegisterRows,
  { place, region }: BlockFields,
  level: number,
): number {
  if (level === placeLevel.homeRegion || level === placeLevel.elsewhereHome)
    return (countOf(registry.byHome, region) + 0.5) / registry.usualHome;
  const at =
    level === placeLevel.village
      ? place.village
      : level === placeLevel.town || level === placeLevel.sameTown
        ? place.town
        : level === placeLevel.county
          ? place.county
          : 0;
  return at === 0 ? 1 : (countOf(rows.placeCounts, at) + 0.5) / (rows.registerRows + 1);
}

function shareOfGiven(names: AllNames, row: NameParts, person: NameParts, level: number): number {
  if (level === nameLevel.same) return givenShare(names, person);
  if (level === nameLevel.homophone) return givenSoundShare(names, person);
  if (level === nameLevel.lookAlike) return 2 * (givenShare(names, row) + givenShare(names, person));
  if (level === nameLevel.unreadable || level === nameLevel.oneCharacter)
    return givenNearShare(names, person);
  return 1;
}
