import type { IndicatorView } from "../../domains/indicators/contract.ts";
import { useSpeech } from "../i18n/language.tsx";

export type Moved = IndicatorView["corrections"][number]["moved"];

/** What a correction changed besides the number itself. */
export function MovedWords({ moved }: { moved: Moved }) {
  const { t } = useSpeech();
  const { movedCompletion, movedRank } = t.indicators;
  if (moved === null || (moved.completion === null && moved.rank === null)) return t.app.nowhere;
  const { completion, rank } = moved;
  return (
    <>
      {completion !== null && (
        <span className="moved">{movedCompletion(completion.before, completion.after)}</span>
      )}{" "}
      {rank !== null && <span className="moved">{movedRank(rank.before, rank.after, rank.of)}</span>}
    </>
  );
}
