/** Mixes of mistakes and people for made-up look-backs: the usual one, and others that are each harsher in one thing. */

export type Mix = {
  /** part of the registered persons who stand on a register */
  links: number;
  /** part of them who stand on a further row, with a mistake of its own or none */
  further: number;
  /** part of the others of whom somebody who only looks alike stands there */
  lookalikes: number;
  /** how many times as often as usual a kind of mistake, or none ("clean"), is drawn; 1 for those not named */
  oftener: Readonly<Record<string, number>>;
  /** part of the registers' rows without village and phone, beyond those that lack them anyway */
  bare: number;
  /** how much common characters prevail in given names: 0 all alike */
  commonness: number;
};

export const usualMix: Mix = {
  links: 0.03,
  further: 0.15,
  lookalikes: 0.006,
  oftener: {},
  bare: 0,
  commonness: 0.5,
};

const oftener = (times: number, ...kinds: readonly string[]): Mix => ({
  ...usualMix,
  oftener: Object.fromEntries(kinds.map((kind) => [kind, times])),
});

export const mixes: Readonly<Record<string, Mix>> = {
  usual: usualMix,
  "numbers missing × 2": oftener(2, "missing"),
  "numbers missing × 3": oftener(3, "missing"),
  "head's number and name × 3": oftener(3, "headsNumber", "headsName"),
  "slips in names × 3": oftener(3, "sound", "look", "unreadable"),
  "slips in numbers × 3": oftener(3, "digit", "swap"),
  "15 digits and cut numbers × 3": oftener(3, "fifteen", "cut"),
  "a third of the mistakes": { ...usualMix, oftener: { clean: 6 } },
  "few links, many alike": { ...usualMix, links: 0.01, lookalikes: 0.018 },
  "twice the links": { ...usualMix, links: 0.06 },
  "one row a person": { ...usualMix, further: 0 },
  "half of the persons on two rows": { ...usualMix, further: 0.5 },
  "half of the rows without village and phone": { ...usualMix, bare: 0.5 },
  "common names": { ...usualMix, commonness: 2 },
};
