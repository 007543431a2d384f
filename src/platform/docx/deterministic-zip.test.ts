import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, it } from "vitest";
import { packZip, unpackZip } from "./deterministic-zip.ts";

it("gives back what was packed, whatever it is", () => {
  const parts = fc.dictionary(
    fc.stringMatching(/^[a-z\u4e00-\u4e10][a-z/\u4e00-\u4e10]{0,12}$/),
    fc.uint8Array({ maxLength: 400 }),
    { maxKeys: 6 },
  );
  fc.assert(
    fc.property(parts, (given) => {
      const map = new Map(Object.entries(given).map(([name, data]) => [name, Buffer.from(data)]));
      const back = unpackZip(packZip(map));
      expect([...back.keys()].sort()).toEqual([...map.keys()].sort());
      for (const [name, data] of map) expect(back.get(name)?.equals(data)).toBe(true);
    }),
  );
});

it("does not depend on the order in which parts were added, and puts the content types first", () => {
  const one = new Map([
    ["word/a.xml", Buffer.from("a")],
    ["[Content_Types].xml", Buffer.from("t")],
    ["_rels/.rels", Buffer.from("r")],
  ]);
  const other = new Map([...one].reverse());
  expect(packZip(one)).toEqual(packZip(other));
  expect([...unpackZip(packZip(other)).keys()]).toEqual(["[Content_Types].xml", "_rels/.rels", "word/a.xml"]);
});

it("refuses what is no zip", () => {
  expect(() => unpackZip(Buffer.from("no zip at all"))).toThrow("not a zip file");
});
