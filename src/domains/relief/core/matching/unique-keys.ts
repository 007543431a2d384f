/** person_id and row_id name one row each. */

/** Keys of the rows of one part of a file: bytes, where each starts, and their hashes. */
export type KeyColumns = {
  rows: number;
  keys: Uint8Array;
  keyStarts: Uint32Array;
  keyHashes: Uint32Array;
};

/** @returns the first row, counted over all parts, whose key an earlier one had; −1 for none */
export function findRepeatedKey(chunks: readonly KeyColumns[]): number {
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
  let size = 16;
  while (size < rows * 2) size *= 2;
  const mask = size - 1;
  // Number of the row + 1; 0 is free. The hash beside it spares most looks at the keys themselves.
  const slots = new Uint32Array(size);
  const hashes = new Uint32Array(size);
  const firsts: number[] = [];
  let before = 0;
  for (const chunk of chunks) {
    firsts.push(before);
    for (let row = 0; row < chunk.rows; row++) {
      const hash = chunk.keyHashes[row] as number;
      let slot = hash & mask;
      for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
        if (hashes[slot] !== hash) continue;
        const other = (slots[slot] as number) - 1;
        const at = firsts.findLastIndex((first) => first <= other);
        const otherRow = other - (firsts[at] as number);
        if (isSameKey(chunk, row, chunks[at] as KeyColumns, otherRow)) return before + row;
      }
      slots[slot] = before + row + 1;
      hashes[slot] = hash;
    }
    before += chunk.rows;
  }
  return -1;
}

function isSameKey(a: KeyColumns, rowA: number, b: KeyColumns, rowB: number): boolean {
  const [startA, startB] = [a.keyStarts[rowA] as number, b.keyStarts[rowB] as number];
  const length = (a.keyStarts[rowA + 1] as number) - startA;
  if ((b.keyStarts[rowB + 1] as number) - startB !== length) return false;
  for (let i = 0; i < length; i++) if (a.keys[startA + i] !== b.keys[startB + i]) return false;
  return true;
}
