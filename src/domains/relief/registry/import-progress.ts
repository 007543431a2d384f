/** How far an import is, while it runs: in memory, by the key that its sender chose. */
import type { ProgressView } from "../contract.ts";

export type ImportProgress = {
  /** a key that nobody has begun with yet waits */
  read(key: string): ProgressView;
  /** @returns what the import tells, and its end */
  begin(key: string | undefined): { tell(view: ProgressView): void; end(): void };
};

const KEPT_MS = 10 * 60_000;
const MOST = 500;

export function openImportProgress(now: () => number = Date.now): ImportProgress {
  const known = new Map<string, { view: ProgressView; at: number }>();
  const tidy = (): void => {
    for (const [key, { at }] of known) if (now() - at > KEPT_MS || known.size > MOST) known.delete(key);
  };
  return {
    read: (key) => known.get(key)?.view ?? { step: "waiting", done: 0, of: null },
    begin: (key) => {
      tidy();
      const tell = (view: ProgressView): void => {
        if (key !== undefined) known.set(key, { view, at: now() });
      };
      return { tell, end: () => tell({ step: "done", done: 1, of: 1 }) };
    },
  };
}
