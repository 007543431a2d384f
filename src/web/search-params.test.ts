import { describe, expect, test } from "vitest";
import {
  clueSearch,
  figureSearch,
  matchSearch,
  parseSearch,
  periodAndRegion,
  registrySearch,
  stringifySearch,
} from "./search-params.ts";

describe("the address", () => {
  test("a period and a region survive the way through an address", () => {
    const search = { period: "2016-07", region: 140981000000 };
    expect(periodAndRegion(parseSearch(stringifySearch(search)))).toEqual(search);
  });

  test("what does not fit is dropped, and only that", () => {
    expect(periodAndRegion({ period: "2016-13", region: "14098x" })).toEqual({});
    expect(
      figureSearch({
        measure: "gdp",
        aspect: "secret",
        sort: "-value",
        from: "2016-01; drop",
        to: "2016-07",
      }),
    ).toEqual({
      measure: "gdp",
      sort: "-value",
      to: "2016-07",
    });
  });

  test("a name that somebody is looked for by never comes from an address, or into one", () => {
    expect(registrySearch({ within: "140981101202", status: "exited", q: "王建国" })).toEqual({
      within: 140981101202,
      status: "exited",
    });
  });

  test("a queue, a rule and a register of an address are known ones or dropped", () => {
    const search = { queue: "visit", within: 140981101000, rule: "vehicle-price", late: "yes" } as const;
    expect(clueSearch(parseSearch(stringifySearch(search)))).toEqual(search);
    expect(clueSearch({ queue: "nowhere", rule: "x y", late: "no" })).toEqual({});
    expect(matchSearch({ tier: "exact", register: "12", rule: "1" })).toEqual({
      tier: "exact",
      register: "12",
    });
  });

  test("nothing chosen is no question mark", () => {
    expect(stringifySearch({ period: undefined })).toBe("");
  });
});
