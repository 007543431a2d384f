import { expect, test } from "vitest";
import { makeZipEntry } from "../docx/deterministic-zip.ts";
import { inflateText } from "./inflate-text.ts";

test("a part that holds more than it says is left at the first piece beyond", async () => {
  const entry = { ...makeZipEntry("x", Buffer.alloc(8 * 1024 * 1024, "ab ")), size: 1000 };
  let seen = 0;
  const reading = async (): Promise<void> => {
    for await (const piece of inflateText(entry)) seen += piece.length;
  };
  await expect(reading()).rejects.toMatchObject({ fault: "DAMAGED" });
  expect(seen).toBe(0);
});
