/** Places of all parts of all files: distinct texts are read once, with what each tells of the others. */
import { makePlaceReader } from "../core/matching/places.ts";
import type { PlaceText } from "../core/matching/places.ts";
import { uint32s } from "../core/matching/shared-columns.ts";
import type { PlaceBytes } from "./place-table.ts";

/** By part, of each of its places three hashes: county, township, village; 0 where unknown. */
export function hashPlaces(parts: readonly PlaceBytes[]): Uint32Array[] {
  const numbers = new Map<string, number>();
  const numbered = parts.map(({ bytes, starts }) => {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    return Uint32Array.from({ length: starts.length - 1 }, (_, place) => {
      const key = text.toString("utf8", starts[place], starts[place + 1]);
      let number = numbers.get(key);
      if (number === undefined) numbers.set(key, (number = numbers.size));
      return number;
    });
  });
  const texts = [...numbers.keys()].map(splitCells);
  const readPlace = makePlaceReader(texts);
  const places = texts.map(readPlace);
  return numbered.map((own) => {
    const hashes = uint32s(own.length * 3);
    own.forEach((number, i) => {
      const { county = 0, town = 0, village = 0 } = places[number] ?? {};
      hashes.set([county, town, village], i * 3);
    });
    return hashes;
  });
}

function splitCells(text: string): PlaceText {
  const [county = "", town = "", village = "", code = ""] = text.split(",");
  return [county, town, village, code];
}
