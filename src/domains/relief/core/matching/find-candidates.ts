/** For each row of a register, the persons whom it shares a block with. */
import { gather, makeSifted, siftKeys } from "./block-index.ts";
import type { BlockIndex } from "./block-index.ts";
import { emptyFields, mostKeys, writeKeys } from "./blocks.ts";
import type { BlockFields } from "./blocks.ts";
import { isComparable } from "./compare-ids.ts";
import type { Counts } from "./hash.ts";
import type { KinAges } from "./kin-ages.ts";
import { takeName } from "./name-parts.ts";
import type { RowColumns } from "./shared-columns.ts";

export type RegisterRows = RowColumns & {
  /** of the rows' own keys */
  keyHashes: Uint32Array;
  /** hashes of the chunk's distinct places: three each */
  placeHashes: Uint32Array;
  /** rows of the whole register, and how many have each village, township, county */
  registerRows: number;
  placeCounts: Counts;
  /** as the register's rows tell before it is known who is on it */
  ages: KinAges;
};

/** One in so many rows with a number is also compared by name within the county, for counting chance. */
export const sampling = 16;

/** So many rows are looked up in one go: see `siftKeys`. */
const batchRows = 64;

/** `fields` and `candidates` hold for the time of the call. */
type Call = (row: number, fields: BlockFields, candidates: number[], isSampled: boolean) => void;

/** @param see is called for each row, @param call for those with candidates */
export function findCandidates(
  index: BlockIndex,
  rows: RegisterRows,
  see: (fields: BlockFields) => void,
  call: Call,
): void {
  const batch = Array.from({ length: batchRows }, emptyFields);
  const sampled = new Uint8Array(batchRows);
  const own = new Uint32Array(mostKeys);
  const keys = new Uint32Array(batchRows * mostKeys);
  const owners = new Uint32Array(batchRows * mostKeys);
  const sifted = makeSifted(batchRows * mostKeys);
  const candidates: number[] = [];
  for (let from = 0; from < rows.rows; from += batchRows) {
    const size = Math.min(batchRows, rows.rows - from);
    let used = 0;
    for (let i = 0; i < size; i++) {
      const fields = batch[i] as BlockFields;
      readFields(rows, from + i, fields);
      see(fields);
      const isSampled = isInSample(rows, from + i);
      sampled[i] = isSampled ? 1 : 0;
      const count = writeKeys(fields, own, false, isSampled);
      for (let k = 0; k < count; k++) {
        keys[used] = own[k] as number;
        owners[used++] = i;
      }
    }
    sifted.count = used;
    siftKeys(index, keys, owners, sifted);
    for (let at = 0; at < sifted.count; ) {
      const owner = sifted.owners[at] as number;
      candidates.length = 0;
      for (; at < sifted.count && sifted.owners[at] === owner; at++) gather(index, sifted, at, candidates);
      if (candidates.length > 0)
        call(from + owner, batch[owner] as BlockFields, candidates, sampled[owner] === 1);
    }
  }
}

/** By the row's own key, so that the same rows are in the sample whatever their order. */
const isInSample = ({ keyHashes }: RegisterRows, row: number): boolean =>
  ((keyHashes[row] as number) >>> 16) % sampling === 0;

function readFields(rows: RegisterRows, row: number, into: BlockFields): void {
  const place = (rows.place[row] as number) * 3;
  takeName(rows, row, into.name);
  into.place.county = rows.placeHashes[place] as number;
  into.place.town = rows.placeHashes[place + 1] as number;
  into.place.village = rows.placeHashes[place + 2] as number;
  into.region = rows.region[row] as number;
  into.birth = rows.birth[row] as number;
  into.packed = rows.packed[row] as number;
  into.phone = rows.phone[row] as number;
  into.isNumberless = !isComparable(into.packed);
  into.homeRegion = into.isNumberless ? 0 : into.region;
}
