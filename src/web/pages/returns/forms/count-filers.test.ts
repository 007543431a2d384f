import { expect, test } from "vitest";
import { countFilers } from "./count-filers.ts";

const unit = (code: string, kind: string, region: number) => ({ code, kind, region: { code: region } });
const all = [
  unit("stats", "department", 140981000000),
  unit("beicheng", "township", 140981001000),
  unit("village-1", "village", 140981001200),
  unit("village-2", "village", 140981101200),
];

test.each([
  [{ kinds: ["village"], units: [] }, 2],
  [{ kinds: ["village"], within: [], units: [] }, 2],
  [{ kinds: ["village", "township"], within: [140981001000], units: [] }, 2],
  [{ kinds: ["village"], within: [140981001000, 140981101000], units: [] }, 2],
  // a unit that is named files wherever it is, and once
  [{ kinds: ["village"], within: [140981001000], units: ["village-1", "stats"] }, 2],
  [{ kinds: [], within: [140981001000], units: [] }, 0],
])("of %j there are %d", (filers, wanted) => {
  expect(countFilers(filers, all)).toBe(wanted);
});
