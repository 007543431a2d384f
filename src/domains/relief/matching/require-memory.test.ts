import { expect, it } from "vitest";
import { memoryFor, requireMemory } from "./require-memory.ts";

const giga = 1 << 30;

it("has room for ten million rows in two gigabytes, beside a registry of a prefecture", () => {
  expect(() => requireMemory(memoryFor(36e6, 1.13e9), 2 * giga)).not.toThrow();
});

it("says beforehand what is needed and what there is", () => {
  expect(() => requireMemory(memoryFor(360e6, 2e9), 2 * giga)).toThrow(
    /needs about 3824 MB of memory and there are 2048 MB/,
  );
});
