import { describe, expect, test } from "vitest";
import { openActorCache } from "./actor-cache.ts";
import type { Principal } from "./principal.ts";

const start = Date.UTC(2016, 7, 4);
const at = (milliseconds: number) => () => new Date(start + milliseconds);
const principal = (account: number, goodUntil = start + 1e9) => ({ account, goodUntil }) as Principal;

describe("the actor cache", () => {
  test("forgets after two seconds, counted from when reading began", async () => {
    const cache = openActorCache();
    await cache.load("a", at(0), async () => principal(1));
    expect(cache.find("a", start + 1_999)?.account).toBe(1);
    expect(cache.find("a", start + 2_000)).toBeUndefined();
  });

  test("forgets sooner when the session itself is over", async () => {
    const cache = openActorCache();
    await cache.load("a", at(0), async () => principal(1, start + 500));
    expect(cache.find("a", start + 499)).toBeDefined();
    expect(cache.find("a", start + 500)).toBeUndefined();
  });

  test("does not trust an entry from the future: the clock was set back", async () => {
    const cache = openActorCache();
    await cache.load("a", at(10_000), async () => principal(1));
    expect(cache.find("a", start + 9_999)).toBeUndefined();
  });

  test("remembers no strangers", async () => {
    const cache = openActorCache();
    let reads = 0;
    const read = async () => {
      reads++;
      return undefined;
    };
    await cache.load("a", at(0), read);
    await cache.load("a", at(0), read);
    expect(reads).toBe(2);
    expect(cache.find("a", start)).toBeUndefined();
  });

  test("reads once for all who ask while it reads, and a failed read fails them all and is not kept", async () => {
    const cache = openActorCache();
    let reads = 0;
    const read = async () => {
      reads++;
      throw new Error("no database");
    };
    const asked = await Promise.allSettled([cache.load("a", at(0), read), cache.load("a", at(0), read)]);
    expect(asked.map((one) => one.status)).toEqual(["rejected", "rejected"]);
    expect(reads).toBe(1);
    expect((await cache.load("a", at(0), async () => principal(2)))?.account).toBe(2);
  });

  test("an answer read before a change is neither kept nor joined after it", async () => {
    const cache = openActorCache();
    let finish: (found: Principal) => void = () => {};
    const slow = cache.load("a", at(0), () => new Promise((resolve) => (finish = resolve)));
    cache.dropAccount(1);
    const fresh = cache.load("a", at(1), async () => undefined);
    finish(principal(1));
    await slow;
    expect(await fresh).toBeUndefined();
    expect(cache.find("a", start + 2)).toBeUndefined();
  });

  test("drops one account and leaves the others", async () => {
    const cache = openActorCache();
    await cache.load("a", at(0), async () => principal(1));
    await cache.load("b", at(0), async () => principal(2));
    cache.dropAccount(1);
    expect(cache.find("a", start)).toBeUndefined();
    expect(cache.find("b", start)).toBeDefined();
    cache.dropAll();
    expect(cache.find("b", start)).toBeUndefined();
  });
});
