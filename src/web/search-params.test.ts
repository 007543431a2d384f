import { describe, expect, test } from "vitest";
import { figureSearch, parseSearch, periodAndRegion, stringifySearch } from "./search-params.ts";

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

  test("nothing chosen is no question mark", () => {
    expect(stringifySearch({ period: undefined })).toBe("");
  });
});
