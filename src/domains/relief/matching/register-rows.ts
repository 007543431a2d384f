/** The parts of a register's file as the search for pairs takes them. */
import type { RegisterRows } from "../core/matching/find-candidates.ts";
import { addCount, makeCounts } from "../core/matching/hash.ts";
import { yearsOfBirth } from "../core/matching/kin-ages.ts";
import type { KinAges } from "../core/matching/kin-ages.ts";
import type { ChunkRows } from "./read-chunk.ts";

/** @param placeHashes by part: see `hashPlaces` */
export function toRegisterRows(
  chunks: readonly ChunkRows[],
  placeHashes: readonly Uint32Array[],
  ages: KinAges,
): RegisterRows[] {
  const registerRows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
  const placeCounts = makeCounts(placeHashes.reduce((sum, hashes) => sum + hashes.length, 8));
  chunks.forEach((chunk, i) => {
    const hashes = placeHashes[i] as Uint32Array;
    const perPlace = new Uint32Array(hashes.length / 3);
    for (let row = 0; row < chunk.rows; row++) {
      const place = chunk.place[row] as number;
      perPlace[place] = (perPlace[place] as number) + 1;
    }
    perPlace.forEach((count, place) => {
      for (let k = 0; k < 3; k++) {
        const hash = hashes[place * 3 + k] as number;
        if (hash !== 0) addCount(placeCounts, hash, count);
      }
    });
  });
  return chunks.map((chunk, i) => {
    const { rows, units, nameStarts, place, region, birth, packed, phone, marks, keys, keyStarts } = chunk;
    const columns = { rows, units, nameStarts, place, region, birth, packed, phone, marks, keys, keyStarts };
    const { odd, keyHashes } = chunk;
    return {
      ...columns,
      odd,
      keyHashes,
      placeHashes: placeHashes[i] as Uint32Array,
      registerRows,
      placeCounts,
      ages,
    };
  });
}

/** By year of birth since 1880, all rows with a sound number. */
export function countYears(chunks: readonly ChunkRows[]): Float64Array {
  const counts = new Float64Array(yearsOfBirth);
  for (const chunk of chunks)
    chunk.years.forEach((count, year) => (counts[year] = (counts[year] as number) + count));
  return counts;
}
