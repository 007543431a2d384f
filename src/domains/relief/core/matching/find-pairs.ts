/**
 * One register's rows against the registry: pairs that could be one person, with how their fields agree, and counts of
 * pairs that are certainly two persons, from which later the weights are drawn.
 */
import type { BlockIndex } from "./block-index.ts";
import type { BlockFields } from "./blocks.ts";
import { makeChance } from "./chance.ts";
import { compareIds, idLevel, isLengthSlip, slipBetween } from "./compare-ids.ts";
import type { PackedId } from "./compare-ids.ts";
import { compareNames, nameLevel } from "./compare-names.ts";
import { findCandidates, sampling } from "./find-candidates.ts";
import type { RegisterRows } from "./find-candidates.ts";
import { idKind, kindOf, sexOf } from "./id-number.ts";
import { ageEvidence, rateOf } from "./kin-ages.ts";
import type { AllNames } from "./name-counts.ts";
import { emptyName, takeName } from "./name-parts.ts";
import type { NameParts } from "./name-parts.ts";
import { comparePlaces, placeLevel, placeLevels } from "./places.ts";
import type { Place } from "./places.ts";
import { fact, factsAt, isNumberless, largestHousehold } from "./registry.ts";
import type { Registry } from "./registry.ts";
import { add, float32s, float64s, mark, share, uint32s } from "./shared-columns.ts";
import {
  groupOf,
  idGroups,
  noPersonNumber,
  noRowNumber,
  packCode,
  phoneLevel,
  phoneLevels,
  sexLevel,
} from "./pair-code.ts";

export type MatchContext = {
  registry: Registry;
  index: BlockIndex;
  names: AllNames;
};

/** Pairs in order of rows; `code` packs the levels. */
export type Pairs = {
  person: Uint32Array;
  row: Uint32Array;
  code: Uint32Array;
  /** expected number of registered persons that agree so by chance with such a row */
  chance: Float64Array;
  /** how much likelier the years of birth are for one person, and the person's age for one on a register: by `weighAges` */
  age: Float32Array;
  rate: Float32Array;
};

export type FoundPairs = {
  pairs: Pairs;
  /** certain non-matches of the same name and village or phone: how often such have a further row is read from them */
  strangers: Pairs;
  /** certain non-matches of the same name, by `cellOf` and `chanceBin` */
  conflicts: Float64Array;
  /** of these, how often the sexes are the same and different */
  conflictSexes: [same: number, different: number];
  /** of these, how many are born within a year of one another, by place */
  conflictBirths: Float64Array;
  /** likewise of names that are alike, in the same village: by `alikeOf` and `chanceBin` */
  alikeConflicts: Float64Array;
  /**
   * Pairs of the same name in one county, of different villages and without a common phone, by `groupOf`: nearly all are two
   * persons, so that they tell how often strangers lack numbers. Of those whose numbers are both there only `conflict`.
   */
  farNamesakes: Float64Array;
  /** among certain non-matches of the same name, numbers that are but one slip apart: all, and of the same village or phone */
  nearConflicts: [all: number, close: number];
  /** rows whose number is comparable, of these failed and of fifteen digits, and absent */
  rowKinds: [comparable: number, failed: number, old: number, absent: number];
};

/** log2 of chance, in half steps from 2^−24 */
export const chanceBins = 80;
export const chanceBin = (chance: number): number =>
  Math.max(0, Math.min(chanceBins - 1, Math.floor((Math.log2(chance + 1e-12) + 24) * 2)));
/** The middle of a bin. */
export const chanceOfBin = (bin: number): number => 2 ** ((bin + 0.5) / 2 - 24);
export const cells = placeLevels * phoneLevels;
export const cellOf = (place: number, phone: number): number => place * phoneLevels + phone;

/** Names that are not the same and could be one person's all the same, by level and phone. */
export const isAlike = (level: number): boolean =>
  level >= nameLevel.homophone && level <= nameLevel.oneCharacter;
export const alikes = (nameLevel.oneCharacter - nameLevel.homophone + 1) * phoneLevels;
export const alikeOf = (level: number, phone: number): number =>
  (level - nameLevel.homophone) * phoneLevels + phone;

const isPhoneShared = (phone: number): boolean => phone === phoneLevel.same || phone === phoneLevel.shared;
const isWide = (place: number): boolean =>
  place === placeLevel.county || place === placeLevel.homeRegion || place === placeLevel.elsewhereHome;
const isFar = (place: number, phone: number): boolean =>
  (place === placeLevel.county || place === placeLevel.sameTown) && !isPhoneShared(phone);
/** For how many pairs a counted one stands: where they are so many, they are taken of one row in `sampling`. */
export const conflictWeight = (place: number, phone: number): number =>
  isWide(place) && !isPhoneShared(phone) ? sampling : 1;
/** Likewise of names that are alike: so many in a village share all but one character. */
export const alikeWeight = (level: number, phone: number): number =>
  level >= nameLevel.unreadable && !isPhoneShared(phone) ? sampling : 1;

/** Persons by chance beyond which a pair without a number is let go. */
const hopeless = 2;

type Found = { person: number[]; row: number[]; code: number[]; chance: number[] };

export function findPairs(context: MatchContext, rows: RegisterRows): FoundPairs {
  const [found, strangers] = [emptyFound(), emptyFound()];
  const conflicts = new Float64Array(cells * chanceBins);
  const alikeConflicts = new Float64Array(alikes * chanceBins);
  const rowKinds: FoundPairs["rowKinds"] = [0, 0, 0, 0];
  const nearConflicts: FoundPairs["nearConflicts"] = [0, 0];
  const conflictSexes: FoundPairs["conflictSexes"] = [0, 0];
  const conflictBirths = new Float64Array(placeLevels);
  const farNamesakes = new Float64Array(idGroups);
  const counts = { conflicts, conflictSexes, conflictBirths, farNamesakes, nearConflicts, alikeConflicts };
  const look = makeLook(context, rows, { found, strangers, ...counts });
  findCandidates(context.index, rows, ({ packed }) => countKind(rowKinds, kindOf(packed)), look);
  return { pairs: closePairs(found), strangers: closePairs(strangers), ...counts, rowKinds };
}

const emptyFound = (): Found => ({ person: [], row: [], code: [], chance: [] });

function countKind(rowKinds: FoundPairs["rowKinds"], kind: number): void {
  if (kind === idKind.none || kind === idKind.odd) rowKinds[3]++;
  else rowKinds[0]++;
  if (kind === idKind.failed) rowKinds[1]++;
  if (kind === idKind.old) rowKinds[2]++;
}

type Into = { found: Found; strangers: Found } & Omit<FoundPairs, "pairs" | "strangers" | "rowKinds">;

/** Compares one row with its candidates. A closure, because it is called for each of millions of rows. */
function makeLook(
  context: MatchContext,
  rows: RegisterRows,
  { found, strangers, conflicts, farNamesakes, ...counts }: Into,
) {
  const { conflictSexes, conflictBirths, nearConflicts, alikeConflicts } = counts;
  const { registry } = context;
  const { facts } = registry;
  const personName = { ...emptyName(), units: registry.units };
  const personId: PackedId = { region: 0, birth: 0, packed: 0 };
  const personPlace: Place = { county: 0, town: 0, village: 0 };
  const weigh = makeChance(registry, context.names, rows);

  const compareNumbers = (row: number, fields: BlockFields, person: number): number => {
    const at = factsAt(person);
    if (((facts[at + fact.marks] as number) & mark.idBorrowed) !== 0) return idLevel.borrowed;
    personId.region = facts[at + fact.region] as number;
    personId.birth = facts[at + fact.birth] as number;
    personId.packed = facts[at + fact.packed] as number;
    const level = compareIds(fields, personId);
    if (level !== idLevel.farFailed) return level;
    const oddRow = rows.odd.get(row);
    const { odd } = registry;
    const oddPerson = odd.get(person);
    const isSlip =
      (oddRow !== undefined && isLengthSlip(oddRow, personId)) ||
      (oddPerson !== undefined && isLengthSlip(oddPerson, fields));
    return isSlip ? idLevel.lengthSlip : level;
  };

  const likelihoodOf = (fields: BlockFields, person: number): number =>
    ageEvidence(rows.ages, registry, fields, person) * rateOf(rows.ages, registry, person);

  const comparePlace = (fields: BlockFields, at: number, id: number): number => {
    personPlace.county = facts[at + fact.county] as number;
    personPlace.town = facts[at + fact.town] as number;
    personPlace.village = facts[at + fact.village] as number;
    // A number with a slip is read as the sound one of the two: the slip may be just in the region.
    const isMended =
      id > idLevel.same && id <= idLevel.unprovedSlip && kindOf(fields.packed) === idKind.failed;
    const ownRegion = fields.isNumberless ? 0 : fields.region;
    const rowRegion = isMended ? (facts[at + fact.region] as number) : ownRegion;
    return comparePlaces(fields.place, personPlace, rowRegion, facts[at + fact.homeRegion] as number);
  };

  const keep = (row: number, fields: BlockFields, person: number, levels: { id: number; name: number }) => {
    const place = comparePlace(fields, factsAt(person), levels.id);
    const phone = comparePhones(fields.phone, registry, person);
    const isClose = place === placeLevel.village || phone === phoneLevel.same;
    if (!isWorthKeeping(levels.id, levels.name, isClose)) return;
    const chance = weigh(fields, person, levels.name, place);
    const isUntold = levels.id === idLevel.missing || levels.id === idLevel.borrowed;
    const untold =
      (fields.isNumberless ? noRowNumber : 0) | (isNumberless(registry, person) ? noPersonNumber : 0);
    if (isUntold && levels.name === nameLevel.same && isFar(place, phone))
      add(farNamesakes, groupOf(levels.id | untold), 1);
    // So many would agree by chance that nothing could make it probable.
    if (isUntold && !isPhoneShared(phone) && chance > hopeless * likelihoodOf(fields, person)) return;
    found.person.push(person);
    found.row.push(row);
    const sex = compareSexes(rows.marks[row] as number, fields.packed, registry, person);
    found.code.push(packCode(levels.id, levels.name, place, phone, sex) | untold);
    found.chance.push(chance);
  };

  const countConflict = (row: number, fields: BlockFields, person: number, isSampled: boolean): void => {
    if (isNumberOfHousehold(registry, fields, person)) return;
    const sex = compareSexes(rows.marks[row] as number, fields.packed, registry, person);
    if (sex !== sexLevel.none) conflictSexes[sex === sexLevel.same ? 0 : 1]++;
    const place = comparePlace(fields, factsAt(person), idLevel.conflict);
    const phone = comparePhones(fields.phone, registry, person);
    if (slipBetween(fields, personId) !== 0) {
      nearConflicts[0]++;
      if (place === placeLevel.village || phone === phoneLevel.same) nearConflicts[1]++;
    }
    const weight = conflictWeight(place, phone);
    if (weight !== 1 && !isSampled) return;
    if (isFar(place, phone)) add(farNamesakes, idLevel.conflict, weight);
    const chance = weigh(fields, person, nameLevel.same, place);
    if (place === placeLevel.village || phone === phoneLevel.same) {
      strangers.person.push(person);
      strangers.row.push(row);
      strangers.code.push(packCode(idLevel.conflict, nameLevel.same, place, phone, sex));
      strangers.chance.push(chance);
    }
    const at = cellOf(place, phone) * chanceBins + chanceBin(chance);
    conflicts[at] = (conflicts[at] as number) + weight;
    if (Math.abs(yearOf(fields) - yearOf(personId)) <= 1)
      conflictBirths[place] = (conflictBirths[place] as number) + weight;
  };

  const countAlike = (fields: BlockFields, person: number, isSampled: boolean): void => {
    const level = compareNames(fields.name, personName);
    if (!isAlike(level)) return;
    const phone = comparePhones(fields.phone, registry, person);
    const weight = alikeWeight(level, phone);
    if (weight !== 1 && !isSampled) return;
    const at =
      alikeOf(level, phone) * chanceBins + chanceBin(weigh(fields, person, level, placeLevel.village));
    alikeConflicts[at] = (alikeConflicts[at] as number) + weight;
  };

  return (row: number, fields: BlockFields, candidates: number[], isSampled: boolean): void => {
    for (let i = 0; i < candidates.length; i++) {
      const person = candidates[i] as number;
      const id = compareNumbers(row, fields, person);
      if (id === idLevel.conflict) {
        if (isNamesake(facts, factsAt(person), fields)) countConflict(row, fields, person, isSampled);
        else if (isNeighbour(facts, factsAt(person), fields, personName))
          countAlike(fields, person, isSampled);
        continue;
      }
      const at = factsAt(person);
      personName.start = facts[at + fact.nameStart] as number;
      personName.end = facts[at + fact.nameEnd] as number;
      let name = compareNames(fields.name, personName);
      if (((facts[at + fact.marks] as number) & mark.nameBorrowed) !== 0) {
        // The head's own row must not be taken for the member's who stands under the head's name.
        if (id !== idLevel.same && name === nameLevel.same) continue;
        name = nameLevel.borrowed;
      }
      const isTheirs = id >= idLevel.same && id <= idLevel.swapped;
      if (isTheirs && name >= nameLevel.surname && name !== nameLevel.borrowed)
        name = lookInHousehold(
          context,
          fields,
          person,
          (member, level) => {
            keep(row, fields, member, level);
          },
          name,
        );
      keep(row, fields, person, { id, name });
    }
  };
}

/** The row may be the person's own, under the number of another of the household: no sign of two persons. */
function isNumberOfHousehold(
  { household, members, memberStarts, region, birth, packed }: Registry,
  fields: BlockFields,
  person: number,
): boolean {
  const h = household[person] as number;
  const [start, end] = [memberStarts[h] as number, memberStarts[h + 1] as number];
  if (end - start > largestHousehold) return false;
  for (let i = start; i < end; i++) {
    const member = members[i] as number;
    if (
      birth[member] === fields.birth &&
      region[member] === fields.region &&
      packed[member] === fields.packed
    )
      return true;
  }
  return false;
}

const yearOf = ({ birth }: { birth: number }): number => Math.floor(birth / 10_000);

function isNamesake(facts: Uint32Array, at: number, { name }: BlockFields): boolean {
  if (name.hash === 0 || facts[at + fact.nameHash] !== name.hash) return false;
  return ((facts[at + fact.marks] as number) & mark.nameBorrowed) === 0;
}

/** Of the same village, with a name of his own, which is taken into `known`. */
function isNeighbour(
  facts: Uint32Array,
  at: number,
  { name, place }: BlockFields,
  known: NameParts,
): boolean {
  if (name.hash === 0 || place.village === 0 || facts[at + fact.village] !== place.village) return false;
  if (((facts[at + fact.marks] as number) & mark.nameBorrowed) !== 0) return false;
  known.start = facts[at + fact.nameStart] as number;
  known.end = facts[at + fact.nameEnd] as number;
  return true;
}

/**
 * The number is this person's, the name is not. If it is another member's, that member becomes a candidate too.
 * @returns how the name agrees, `heads` or `members` if it is one's
 */
// oxlint-disable-next-line eslint/max-params -- a step of the loop above
function lookInHousehold(
  { registry }: MatchContext,
  fields: BlockFields,
  person: number,
  see: (member: number, levels: { id: number; name: number }) => void,
  name: number,
): number {
  const { household, members, memberStarts, head } = registry;
  const h = household[person] as number;
  const [start, end] = [memberStarts[h] as number, memberStarts[h + 1] as number];
  const membersParts = emptyName();
  let level = name;
  if (end - start > largestHousehold) return name;
  for (let i = start; i < end; i++) {
    const member = members[i] as number;
    if (
      member === person ||
      ((registry.marks[member] as number) & (mark.idBorrowed | mark.nameBorrowed)) !== 0
    )
      continue;
    takeName(registry, member, membersParts);
    const membersName = compareNames(fields.name, membersParts);
    if (membersName === nameLevel.none || membersName > nameLevel.unreadable) continue;
    const isHead = head[person] === 0;
    see(member, { id: isHead ? idLevel.headsNumber : idLevel.membersNumber, name: membersName });
    level = (head[person] as number) - 1 === member ? nameLevel.heads : nameLevel.members;
  }
  return level;
}

function isWorthKeeping(id: number, name: number, isClose: boolean): boolean {
  if (id === idLevel.same || id === idLevel.headsNumber || id === idLevel.membersNumber) return true;
  if (id === idLevel.checkSlip) return true;
  const isNamed = name !== nameLevel.none && name <= nameLevel.oneCharacter;
  if (id === idLevel.missing || id === idLevel.borrowed) return isNamed;
  if (id === idLevel.farFailed) return isNamed && name <= nameLevel.unreadable;
  return isNamed || name === nameLevel.borrowed || isClose;
}

function comparePhones(phone: number, registry: Registry, person: number): number {
  const known = registry.phone[person] as number;
  if (phone === 0 || known === 0) return phoneLevel.none;
  if (phone !== known) return phoneLevel.different;
  return ((registry.marks[person] as number) & mark.phoneShared) === 0 ? phoneLevel.same : phoneLevel.shared;
}

function compareSexes(rowMarks: number, packed: number, registry: Registry, person: number): number {
  const stated = rowMarks & mark.sex;
  const row = stated === 0 ? sexOf(packed) : stated;
  const known = (registry.marks[person] as number) & mark.sex;
  if (row === 0 || known === 0) return sexLevel.none;
  return row === known ? sexLevel.same : sexLevel.different;
}

/** A person without a number, whose spouse, parent or child has one, is of a likely age. */
function closePairs(found: Found): Pairs {
  const { length } = found.person;
  return {
    person: share(uint32s(length), found.person),
    row: share(uint32s(length), found.row),
    code: share(uint32s(length), found.code),
    chance: share(float64s(length), found.chance),
    age: float32s(length).fill(1),
    rate: float32s(length).fill(1),
  };
}
