/** How far something long is, while it runs: in memory, by a key that its sender chose. */
import type { FastifyRequest } from "fastify";
import "./request-actor.ts";

export type Progress<View> = {
  /** a key that nobody has begun with yet waits */
  read(key: string): View;
  /** @returns what the work tells, and its end */
  begin(key: string | undefined): { tell(view: View): void; end(): void };
};

const KEPT_MS = 10 * 60_000;
const MOST = 500;

export function openProgress<View>(
  { waiting, done }: { waiting: View; done: View },
  now: () => number = Date.now,
): Progress<View> {
  const known = new Map<string, { view: View; at: number }>();
  const tidy = (): void => {
    for (const [key, { at }] of known) if (now() - at > KEPT_MS || known.size > MOST) known.delete(key);
  };
  return {
    read: (key) => known.get(key)?.view ?? waiting,
    begin: (key) => {
      tidy();
      const tell = (view: View): void => {
        if (key !== undefined) known.set(key, { view, at: now() });
      };
      return { tell, end: () => tell(done) };
    },
  };
}

/** Of whoever asks: another account's key says nothing. */
export function ownKey(request: FastifyRequest, key: string): string {
  return `${request.actor.account ?? 0} ${key}`;
}
