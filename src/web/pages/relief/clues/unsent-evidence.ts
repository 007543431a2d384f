/**
 * Photographs and signatures that have not arrived yet, kept on this machine: a phone that throws the page away at a door
 * loses none. In IndexedDB, which takes pictures; where it is switched off they live as long as the page.
 */
import type { Taken } from "./send-evidence.ts";

export type UnsentEvidence = Taken & {
  key: string;
  clue: number;
  /** when the visit began that it belongs to: it proves nothing about a later one */
  visit: string;
  /** who took it: whoever signs in next on this phone does not send it in their own name */
  account: number;
};
export type Whose = Pick<UnsentEvidence, "clue" | "visit" | "account">;

const storeName = "evidence";
const longest = 30 * 24 * 3_600_000; // ms

export function keepEvidence(one: UnsentEvidence): Promise<void> {
  return use("readwrite", (store) => store.put(one)).then(ignore, ignore);
}

export function forgetEvidence(key: string): Promise<void> {
  return use("readwrite", (store) => store.delete(key)).then(ignore, ignore);
}

export async function readEvidence(whose: Whose): Promise<UnsentEvidence[]> {
  try {
    const { own, over } = sortOut(
      await use<UnsentEvidence[]>("readonly", (store) => store.getAll()),
      whose,
      Date.now(),
    );
    await Promise.all(over.map(({ key }) => forgetEvidence(key)));
    return own;
  } catch {
    return [];
  }
}

/** All that this account took on this machine, for any clue. */
export async function keysOfEvidence(account: number): Promise<string[]> {
  try {
    const all = await use<UnsentEvidence[]>("readonly", (store) => store.getAll());
    return all.filter((one) => one.account === account).map(({ key }) => key);
  } catch {
    return [];
  }
}

type Kept = Pick<UnsentEvidence, keyof Whose | "key" | "takenAt">;

/** @returns own: of this visit, as it was taken; over: of an earlier visit of the clue, or a month old @param now ms */
export function sortOut<One extends Kept>(
  all: readonly One[],
  whose: Whose,
  now: number,
): { own: One[]; over: One[] } {
  const isOver = (one: One): boolean =>
    (one.clue === whose.clue && one.visit !== whose.visit) || now - Date.parse(one.takenAt) > longest;
  const isOwn = (one: One): boolean =>
    !isOver(one) && one.clue === whose.clue && one.account === whose.account;
  return {
    own: all.filter(isOwn).sort((a, b) => Date.parse(a.takenAt) - Date.parse(b.takenAt)),
    over: all.filter(isOver),
  };
}

const ignore = (): void => undefined;

async function use<Result>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest,
): Promise<Result> {
  const database = await open();
  try {
    const asked = ask(database.transaction(storeName, mode).objectStore(storeName));
    return await new Promise<Result>((resolve, reject) => {
      asked.addEventListener("success", () => resolve(asked.result as Result));
      asked.addEventListener("error", () =>
        reject(asked.error ?? new Error("the browser's storage does not answer")),
      );
    });
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("taizhang.visits", 1);
    opening.addEventListener("upgradeneeded", () =>
      opening.result.createObjectStore(storeName, { keyPath: "key" }),
    );
    opening.addEventListener("success", () => resolve(opening.result));
    opening.addEventListener("error", () => reject(opening.error ?? new Error("the browser has no storage")));
  });
}
