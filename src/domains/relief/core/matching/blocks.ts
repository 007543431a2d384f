/**
 * Which pairs are looked at: those that share a block. Each block is a hash of a few fields that survive some kind of error;
 * together they leave no single slip in the number, and none in the name beside village or phone, without a block.
 */
import { isComparable } from "./compare-ids.ts";
import { finish, mix } from "./hash.ts";
import { checkOf, serialOf } from "./id-number.ts";
import { emptyName } from "./name-parts.ts";
import type { NameParts } from "./name-parts.ts";
import type { Place } from "./places.ts";

/** What blocks are made of. */
export type BlockFields = {
  name: NameParts;
  place: Place;
  region: number;
  birth: number;
  packed: number;
  phone: number;
  /** where the person is from: a row's is that of its number, a registered person's the usual one of his county; 0 unknown */
  homeRegion: number;
  /** has no ID number that says whose it is */
  isNumberless: boolean;
};

export const emptyFields = (): BlockFields => ({
  name: emptyName(),
  place: { county: 0, town: 0, village: 0 },
  region: 0,
  birth: 0,
  packed: 0,
  phone: 0,
  homeRegion: 0,
  isNumberless: false,
});

export const mostKeys = 24;

const seeds = {
  birthSerial: 101,
  regionSurname: 102,
  lateBirth: 103,
  earlyBirth: 104,
  nameBirth: 105,
  soundVillage: 106,
  nearVillage: 107,
  phone: 108,
  nameTown: 109,
  nameCounty: 110,
  numberlessCounty: 111,
  nameRegion: 112,
  numberlessRegion: 113,
} as const;

const key2 = (seed: number, a: number, b: number): number => finish(mix(mix(seed, a), b));

/**
 * @param forRegistry the registry's rows lie in all blocks; a register's row looks into those that could hold its person
 * @returns how many keys were written
 */
export function writeKeys(
  row: BlockFields,
  into: Uint32Array,
  forRegistry: boolean,
  isSampled: boolean,
): number {
  let count = isComparable(row.packed) ? writeNumberKeys(row, into) : 0;
  const { place, homeRegion, isNumberless } = row;
  const { hash } = row.name;
  if (row.phone !== 0) into[count++] = key2(seeds.phone, row.phone, 0);
  if (hash === 0) return count;
  if (row.birth !== 0) into[count++] = key2(seeds.nameBirth, hash, row.birth);
  if (place.village !== 0) count = writeVillageKeys(row, into, count);
  if (place.town !== 0) into[count++] = key2(seeds.nameTown, hash, place.town);
  // Who has moved or gives no place: where his number is from still tells something of who it could be.
  const seesNumberless = forRegistry ? isNumberless : !isNumberless;
  if (homeRegion !== 0) {
    if (forRegistry || isSampled) into[count++] = key2(seeds.nameRegion, hash, homeRegion);
    if (seesNumberless) into[count++] = key2(seeds.numberlessRegion, hash, homeRegion);
  }
  if (place.county === 0) return count;
  if (forRegistry || isNumberless || isSampled) into[count++] = key2(seeds.nameCounty, hash, place.county);
  if (seesNumberless) into[count++] = key2(seeds.numberlessCounty, hash, place.county);
  return count;
}

function writeNumberKeys({ region, birth, packed, name }: BlockFields, into: Uint32Array): number {
  const [serial, check, surname] = [serialOf(packed), checkOf(packed), name.surnameSound];
  let count = 0;
  // The same number, or a wrong region, or its last digit and the first of the birth swapped.
  into[count++] = key2(seeds.birthSerial, birth % 10_000_000, serial);
  // A wrong serial or check character, or the last of the birth and the first of the serial swapped; the same surname.
  if (surname !== 0) into[count++] = key2(mix(seeds.regionSurname, region), Math.floor(birth / 10), surname);
  // A wrong birth: its last five digits, or its first four.
  const end = mix(mix(mix(seeds.lateBirth, region), serial), check);
  into[count++] = key2(end, seeds.lateBirth, Math.floor(birth / 100_000));
  into[count++] = key2(end, seeds.earlyBirth, birth % 10_000);
  return count;
}

function writeVillageKeys({ name, place }: BlockFields, into: Uint32Array, from: number): number {
  const { units, start, given, end } = name;
  let count = from;
  into[count++] = key2(seeds.soundVillage, name.sound, place.village);
  // A name of two, and longer ones without each character of the given name: two that differ by one share one of these.
  if (end - start === 2) {
    const whole = mix(mix(seeds.nearVillage, place.village), units[start] as number);
    into[count++] = finish(mix(whole, units[start + 1] as number));
  } else if (end - start <= 5) {
    for (let without = given; without < end; without++) {
      let h = mix(seeds.nearVillage, place.village);
      for (let i = start; i < end; i++) if (i !== without) h = mix(h, units[i] as number);
      into[count++] = finish(h);
    }
  }
  return count;
}
