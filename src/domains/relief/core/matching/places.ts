/**
 * Places as registers write them: county, township, village, and the village's twelve-digit code; any may be missing.
 * What is compared are hashes of tidied names, or of the code where the names that go with it are known.
 */
import { hashText } from "./hash.ts";

/** county, town, village, village code as written */
export type PlaceText = readonly [county: string, town: string, village: string, code: string];

/** Hashes; 0 where unknown. */
export type Place = { county: number; town: number; village: number };

/** How the places of a row and of a registered person agree. */
export const placeLevel = {
  /** one side has none, and no ID number of the row tells a region */
  none: 0,
  village: 1,
  /** same township, one side names no village */
  town: 2,
  /** same township, another village */
  sameTown: 3,
  /** same county, another township or none named */
  county: 4,
  /** another county, and the region of the row's ID number is not this county's either */
  elsewhere: 5,
  /** no place, but the ID number's region is the county's */
  homeRegion: 6,
  /** no place, and another region */
  otherRegion: 7,
  /** another county now, but the ID number is of this one */
  elsewhereHome: 8,
  /** another county, and the row has no ID number to tell more */
  elsewhereUnknown: 9,
} as const;

export const placeLevels = 10;

const countySuffix = /(?<=..)(自治县|县|市|区)$/;
const townSuffix = /(?<=.)(街道办事处|办事处|街道|镇|乡)$/;
const villageSuffix = /(?<=.)(社区居民委员会|居民委员会|村民委员会|社区居委会|居委会|村委会|社区|村)$/;

const tidy = (text: string, suffix: RegExp): string =>
  text
    .normalize("NFKC")
    .replaceAll(/[\s·.]/g, "")
    .replace(suffix, "");

/** Learns which names go with which code from the places that have both. */
export function makePlaceReader(texts: Iterable<PlaceText>): (text: PlaceText) => Place {
  const codes = new Map<string, string>();
  const names = new Map<string, string>();
  const keep = (map: Map<string, string>, key: string, value: string): void => {
    const known = map.get(key);
    // Of several the smallest, so that the order of rows does not matter.
    if (known === undefined || value < known) map.set(key, value);
  };
  for (const text of texts) {
    const { county, town, village, code } = read(text);
    if (code === "") continue;
    if (county !== "") keep(names, code.slice(0, 6), county);
    if (county !== "" && town !== "") keep(names, code.slice(0, 9), `${county}|${town}`);
    if (county !== "" && town !== "" && village !== "") keep(codes, `${county}|${town}|${village}`, code);
  }
  return (text) => {
    const { county, town, village, code } = read(text);
    const countyName = county || names.get(code.slice(0, 6)) || code.slice(0, 6);
    const townName = town === "" ? names.get(code.slice(0, 9)) || code.slice(0, 9) : `${countyName}|${town}`;
    const villageCode = code || (village === "" ? "" : (codes.get(`${countyName}|${town}|${village}`) ?? ""));
    const villageName = villageCode || (village === "" || townName === "" ? "" : `${townName}|${village}`);
    const hash = (seed: number, name: string): number => (name === "" ? 0 : hashText(seed, name));
    return { county: hash(11, countyName), town: hash(12, townName), village: hash(13, villageName) };
  };
}

function read([county, town, village, code]: PlaceText): Record<
  "county" | "town" | "village" | "code",
  string
> {
  const digits = code.normalize("NFKC").replaceAll(/\D/g, "");
  return {
    county: tidy(county, countySuffix),
    town: tidy(town, townSuffix),
    village: tidy(village, villageSuffix),
    code: digits.length === 12 ? digits : "",
  };
}

/** @param rowRegion region of the row's ID number, 0 unknown @param homeRegion usual region of the person's county, 0 unknown */
export function comparePlaces(row: Place, person: Place, rowRegion: number, homeRegion: number): number {
  const isTold = rowRegion !== 0 && homeRegion !== 0;
  if (row.county === 0 || person.county === 0) {
    if (!isTold) return placeLevel.none;
    return rowRegion === homeRegion ? placeLevel.homeRegion : placeLevel.otherRegion;
  }
  if (row.county !== person.county) {
    if (!isTold) return placeLevel.elsewhereUnknown;
    return rowRegion === homeRegion ? placeLevel.elsewhereHome : placeLevel.elsewhere;
  }
  if (row.town === 0 || person.town === 0 || row.town !== person.town) return placeLevel.county;
  if (row.village === 0 || person.village === 0) return placeLevel.town;
  return row.village === person.village ? placeLevel.village : placeLevel.sameTown;
}
