import { expect, test } from "vitest";
import { formatDay, formatInstant, formatInstantExactly } from "./time.ts";

test("instants are shown in Beijing time, across midnight", () => {
  expect(formatInstant("2026-11-23T16:12:05.123Z")).toBe("2026-11-24 00:12");
  expect(formatInstantExactly("2026-11-23T16:12:05.123Z")).toBe("2026-11-24 00:12:05");
  expect(formatDay("2026-11-23T15:59:59Z")).toBe("2026-11-23");
});

test("what is no instant is shown as it stands", () => {
  expect(formatInstant("不详")).toBe("不详");
});
