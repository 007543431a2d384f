/** The registry prepared for matching: who heads which household, whose number or name is another's, who may be how old. */
import { compareIds, idLevel, isComparable } from "./compare-ids.ts";
import type { PackedId } from "./compare-ids.ts";
import { addCount, countOf, finish, makeCounts, mix } from "./hash.ts";
import { mark, relation, uint32s, uint8s } from "./shared-columns.ts";
import type { HouseholdColumns, RowColumns } from "./shared-columns.ts";
import type { Counts } from "./hash.ts";
import { emptyName, isSameName, takeName } from "./name-parts.ts";

export type Registry = RowColumns & {
  relation: Uint8Array;
  /** hashes of places, by row */
  county: Uint32Array;
  town: Uint32Array;
  village: Uint32Array;
  /** household of each row, and the rows of household h: members[starts[h]…starts[h + 1]] */
  household: Uint32Array;
  members: Uint32Array;
  memberStarts: Uint32Array;
  /** row + 1 of the household's head, 0 where there is none or the row is the head */
  head: Uint32Array;
  /** region that numbers of the person's county usually begin with */
  homeRegion: Uint32Array;
  /** for persons without a number: `kin` towards whom the year is known, and that year */
  kin: Uint8Array;
  kinYear: Uint32Array;
  /** what is compared of each person side by side: `fact` */
  facts: Uint32Array;
  /** persons by village and surname (`villageSurname`), and by village */
  bySurname: Counts;
  byVillage: Counts;
  /** persons by home region, and how many that are for the usual person */
  byHome: Counts;
  usualHome: number;
};

/** Where each stands among the sixteen facts of a person: a line of the processor's cache, fetched once for a pair. */
export const fact = {
  region: 0,
  birth: 1,
  packed: 2,
  nameHash: 3,
  nameStart: 4,
  given: 5,
  nameEnd: 6,
  county: 7,
  town: 8,
  village: 9,
  phone: 10,
  marks: 11,
  homeRegion: 12,
  nameSound: 13,
} as const;
const factBits = 4;
export const factsAt = (row: number): number => row << factBits;

/** Writes the facts of a range of persons. */
export function writeFacts(registry: Registry, { from, to }: { from: number; to: number }): void {
  const { facts } = registry;
  const name = emptyName();
  for (let row = from; row < to; row++) {
    const at = factsAt(row);
    takeName(registry, row, name);
    facts[at + fact.region] = registry.region[row] as number;
    facts[at + fact.birth] = registry.birth[row] as number;
    facts[at + fact.packed] = registry.packed[row] as number;
    facts[at + fact.nameHash] = name.hash;
    facts[at + fact.nameSound] = name.sound;
    facts[at + fact.nameStart] = name.start;
    facts[at + fact.given] = name.given;
    facts[at + fact.nameEnd] = name.end;
    facts[at + fact.county] = registry.county[row] as number;
    facts[at + fact.town] = registry.town[row] as number;
    facts[at + fact.village] = registry.village[row] as number;
    facts[at + fact.phone] = registry.phone[row] as number;
    facts[at + fact.marks] = registry.marks[row] as number;
    facts[at + fact.homeRegion] = registry.homeRegion[row] as number;
  }
}

/** What a person without a number is to the member whose year of birth is known: to the head, or as the head to the spouse. */
export const kin = { unknown: 0, spouse: 1, parent: 2, child: 3, spousesHead: 4 } as const;

export const villageSurname = (village: number, surname: number): number =>
  finish(mix(mix(31, village), surname));

export type Households = Pick<Registry, "household" | "members" | "memberStarts">;

/** Rows grouped by the two hashes of household_id. */
export function groupHouseholds(rows: number, { householdA, householdB }: HouseholdColumns): Households {
  let size = 16;
  while (size < rows * 2) size *= 2;
  const mask = size - 1;
  const slots = new Int32Array(size).fill(-1);
  const firsts = new Uint32Array(rows);
  const household = uint32s(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const [a, b] = [householdA[row] as number, householdB[row] as number];
    let slot = (a ^ Math.imul(b, 0x9e3779b1)) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const known = slots[slot] as number;
      if (known < 0) break;
      const first = firsts[known] as number;
      if (householdA[first] === a && householdB[first] === b) break;
    }
    if ((slots[slot] as number) < 0) {
      firsts[count] = row;
      slots[slot] = count++;
    }
    household[row] = slots[slot] as number;
  }
  const memberStarts = uint32s(count + 1);
  for (const h of household) memberStarts[h + 1] = (memberStarts[h + 1] as number) + 1;
  for (let h = 0; h < count; h++)
    memberStarts[h + 1] = (memberStarts[h + 1] as number) + (memberStarts[h] as number);
  const next = memberStarts.slice(0, count);
  const members = uint32s(rows);
  for (let row = 0; row < rows; row++) {
    const h = household[row] as number;
    members[next[h] as number] = row;
    next[h] = (next[h] as number) + 1;
  }
  return { household, members, memberStarts };
}

/** A household of more members than this is a list under one number, and tells nothing about kin. */
export const largestHousehold = 30;

/** Marks what members borrow from the head, and finds the head and what age could be expected. */
export function readHouseholds(registry: Registry): void {
  const { memberStarts, members, relation: relations } = registry;
  for (let h = 0; h + 1 < memberStarts.length; h++) {
    const [from, to] = [memberStarts[h] as number, memberStarts[h + 1] as number];
    if (to - from < 2 || to - from > largestHousehold) continue;
    const head = onlyOf(relation.head, { relations, members, from, to });
    if (head < 0) continue;
    const spouse = onlyOf(relation.spouse, { relations, members, from, to });
    for (let i = from; i < to; i++) if (members[i] !== head) markMember(registry, members[i] as number, head);
    for (let i = from; i < to; i++) expectAge(registry, members[i] as number, { head, spouse });
  }
}

type Members = { relations: Uint8Array; members: Uint32Array; from: number; to: number };

/** The member of this relation, −1 when there is none or more than one. */
function onlyOf(wanted: number, { relations, members, from, to }: Members): number {
  let only = -1;
  for (let i = from; i < to; i++) {
    const row = members[i] as number;
    if (relations[row] !== wanted) continue;
    if (only >= 0) return -1;
    only = row;
  }
  return only;
}

function markMember(registry: Registry, row: number, head: number): void {
  const { packed, marks } = registry;
  registry.head[row] = head + 1;
  const hasHeads = isComparable(packed[row] as number) && isOneNumber(registry, row, head);
  const isNamedLike = isSameName(registry, row, registry, head);
  if (hasHeads && !isNamedLike) marks[row] = (marks[row] as number) | mark.idBorrowed;
  if (!hasHeads && isNamedLike && (packed[row] as number) >>> 14 !== 0)
    marks[row] = (marks[row] as number) | mark.nameBorrowed;
}

const ofMember: PackedId = { region: 0, birth: 0, packed: 0 };
const ofHead: PackedId = { region: 0, birth: 0, packed: 0 };

/** The same number, or one that a slip made of it: two persons' sound numbers are never that near. */
function isOneNumber(registry: Registry, row: number, head: number): boolean {
  takeId(registry, row, ofMember);
  takeId(registry, head, ofHead);
  const level = compareIds(ofMember, ofHead);
  return level >= idLevel.same && level <= idLevel.cut;
}

function takeId({ region, birth, packed }: RowColumns, row: number, into: PackedId): void {
  into.region = region[row] as number;
  into.birth = birth[row] as number;
  into.packed = packed[row] as number;
}

export const isNumberless = (registry: Pick<RowColumns, "packed" | "marks">, row: number): boolean =>
  !isComparable(registry.packed[row] as number) || ((registry.marks[row] as number) & mark.idBorrowed) !== 0;

const kinOfRelation: Readonly<Record<number, number>> = {
  [relation.spouse]: kin.spouse,
  [relation.parent]: kin.parent,
  [relation.child]: kin.child,
};
export const kinOf = (relationToHead: number): number => kinOfRelation[relationToHead] ?? kin.unknown;

/** Without a number, but with kin who has one. */
function expectAge(
  registry: Registry,
  row: number,
  { head, spouse }: { head: number; spouse: number },
): void {
  if (!isNumberless(registry, row)) return;
  const other = row === head ? spouse : head;
  if (other < 0 || (other !== head && isNumberless(registry, other))) return;
  const year = yearOf(registry, other);
  if (year === 0) return;
  registry.kin[row] = row === head ? kin.spousesHead : kinOf(registry.relation[row] as number);
  registry.kinYear[row] = year;
}

export const yearOf = (registry: Pick<RowColumns, "birth">, row: number): number =>
  Math.floor((registry.birth[row] as number) / 10_000);

/** The usual region of the numbers in each county: the most frequent, the smaller of two. */
export function findHomeRegions(registry: Registry): void {
  const counts = new Map<number, Map<number, number>>();
  for (let row = 0; row < registry.rows; row++) {
    if (isNumberless(registry, row) || registry.county[row] === 0) continue;
    const county = registry.county[row] as number;
    let regions = counts.get(county);
    if (regions === undefined) counts.set(county, (regions = new Map<number, number>()));
    const region = registry.region[row] as number;
    regions.set(region, (regions.get(region) ?? 0) + 1);
  }
  const homes = new Map<number, number>();
  for (const [county, regions] of counts) {
    const [best] = [...regions].sort(([a, n], [b, m]) => m - n || a - b);
    if (best !== undefined) homes.set(county, best[0]);
  }
  for (let row = 0; row < registry.rows; row++)
    registry.homeRegion[row] = homes.get(registry.county[row] as number) ?? 0;
  countHomes(registry);
}

function countHomes(registry: Registry): void {
  const { homeRegion, byHome, rows } = registry;
  for (let row = 0; row < rows; row++)
    if (homeRegion[row] !== 0) addCount(byHome, homeRegion[row] as number, 1);
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += countOf(byHome, homeRegion[row] as number);
  registry.usualHome = Math.max(1, sum / Math.max(1, rows));
}

/** Phones that more than one household gives: an official's, who entered them all. */
export function markSharedPhones({ rows, phone, household, marks }: Registry): void {
  let size = 16;
  while (size < rows * 2) size *= 2;
  const mask = size - 1;
  const phones = new Uint32Array(size);
  // Household + 1 of the phone in this place, 0 for several.
  const owners = new Uint32Array(size);
  const placeOf = (each: number): number => {
    let at = each & mask;
    while (phones[at] !== 0 && phones[at] !== each) at = (at + 1) & mask;
    return at;
  };
  for (let row = 0; row < rows; row++) {
    const each = phone[row] as number;
    if (each === 0) continue;
    const at = placeOf(each);
    const owner = (household[row] as number) + 1;
    if (phones[at] === 0) owners[at] = owner;
    else if (owners[at] !== owner) owners[at] = 0;
    phones[at] = each;
  }
  for (let row = 0; row < rows; row++)
    if (phone[row] !== 0 && owners[placeOf(phone[row] as number)] === 0)
      marks[row] = (marks[row] as number) | mark.phoneShared;
}

export function countVillages(registry: Registry): void {
  const name = emptyName();
  for (let row = 0; row < registry.rows; row++) {
    const village = registry.village[row] as number;
    if (village === 0) continue;
    addCount(registry.byVillage, village, 1);
    takeName(registry, row, name);
    if (name.hash === 0) continue;
    addCount(registry.bySurname, villageSurname(village, name.surname), 1);
    addCount(registry.bySurname, villageSurname(village, name.surnameSound), 1);
  }
}

/** Share of a surname (or its sound) in a village, the person himself left out; towards `everywhere` where few live. */
export function surnameShareIn(
  registry: Pick<Registry, "byVillage" | "bySurname">,
  village: number,
  surname: number,
  everywhere: number,
): number {
  const weight = 20;
  const with_ = Math.max(0, countOf(registry.bySurname, villageSurname(village, surname)) - 1);
  const all = Math.max(0, countOf(registry.byVillage, village) - 1);
  return (with_ + weight * everywhere) / (all + weight);
}

/** Empty columns of what only the registry has. */
export function makeRegistry(
  columns: RowColumns & HouseholdColumns,
  places: Pick<Registry, "county" | "town" | "village">,
): Registry {
  const { rows } = columns;
  const { householdA, householdB, ...rest } = columns;
  return {
    ...rest,
    ...places,
    ...groupHouseholds(rows, { householdA, householdB, relation: columns.relation }),
    head: uint32s(rows),
    homeRegion: uint32s(rows),
    kin: uint8s(rows),
    kinYear: uint32s(rows),
    facts: uint32s(rows << factBits),
    bySurname: makeCounts(rows * 2),
    byVillage: makeCounts(rows),
    byHome: makeCounts(rows),
    usualHome: 1,
  };
}
