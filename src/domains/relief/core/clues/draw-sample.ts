/** The random re-check: who is drawn depends on the seed and the ids alone, so that anybody can draw again and compare. */

/**
 * @param ids without repeats, in any order
 * @param share of them, more than 0 and at most 1; at least one is drawn where there are any
 * @returns drawn ids in ascending order
 */
export function drawSample(ids: readonly number[], share: number, seed: string): number[] {
  const count = Math.min(ids.length, Math.max(1, Math.ceil(ids.length * share - 1e-9)));
  return ids
    .map((id) => ({ id, lot: lotOf(`${seed}:${id}`) }))
    .sort((a, b) => a.lot - b.lot || a.id - b.id)
    .slice(0, ids.length === 0 ? 0 : count)
    .map(({ id }) => id)
    .sort((a, b) => a - b);
}

/** 32 bits, FNV-1a with a finish that lets every bit of the text move every bit of the lot (MurmurHash3's). */
function lotOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
