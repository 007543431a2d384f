/**
 * One province of the division list in a form that compresses well: the tree nested, codes without the part that
 * their parent has, and runs of village codes written as ranges ("1-3,5,200-202").
 */
export type PackedTownship = [code: string, name: string, villageCodes: string, villageNames: string];
export type PackedCounty = [code: string, name: string, townships: PackedTownship[]];
export type PackedPrefecture = [code: string, name: string, counties: PackedCounty[]];
export type PackedProvince = { code: string; name: string; prefectures: PackedPrefecture[] };

/** Ascending numbers as ranges. */
export function packRanges(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}

export function unpackRanges(text: string): number[] {
  if (text === "") return [];
  return text.split(",").flatMap((range) => {
    const [from = "", to = from] = range.split("-");
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => Number(from) + at);
  });
}
