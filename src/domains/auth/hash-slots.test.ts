import { describe, expect, test } from "vitest";
import { refusalOf } from "../../../fixtures/small-county.ts";
import { openHashSlots } from "./hash-slots.ts";

describe("hash slots", () => {
  test("never run more at once than there are slots, and refuse what cannot even wait", async () => {
    const slots = openHashSlots(2, 3);
    let running = 0;
    let most = 0;
    const finish: (() => void)[] = [];
    const work = async () => {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => finish.push(resolve));
      running--;
    };
    const all = Array.from({ length: 7 }, () => refusalOf(slots.run(work)));
    for (let done = 0; done < 5; done++) {
      while (finish.length <= done) await new Promise((resolve) => setTimeout(resolve, 1));
      finish[done]?.();
    }
    const answers = await Promise.all(all);
    expect(answers.filter((answer) => answer === "nothing")).toHaveLength(5);
    expect(answers.filter((answer) => answer === "TOO_MANY_SIGN_INS")).toHaveLength(2);
    expect(most).toBe(2);
  });

  test("work that fails gives its slot back", async () => {
    const slots = openHashSlots(1, 1);
    for (let i = 0; i < 5; i++) {
      await expect(slots.run(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    }
    expect(await slots.run(async () => 7)).toBe(7);
  });
});
