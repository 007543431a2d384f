/** Rank among n, with the places gained or lost since the period before. */
import type { AssessmentView } from "../../domains/indicators/contract.ts";
import { useSpeech } from "../i18n/language.tsx";
import { MissingNote, Traced } from "./traced-number.tsx";

type RankCellProps = {
  name: string;
  rank: AssessmentView["rank"];
  history: AssessmentView["rankHistory"];
  period: string;
};

export function RankCell({ name, rank, history, period }: RankCellProps) {
  const { t } = useSpeech();
  // One of one is no rank: the others of the set are not there to be compared with.
  if ("rank" in rank && rank.of < 2) return <span className="fine">{t.app.nowhere}</span>;
  if (!("rank" in rank)) {
    return rank.missing === "NOT_RANKED" ? (
      <span className="fine">{t.app.nowhere}</span>
    ) : (
      <MissingNote reason={rank.missing} />
    );
  }
  const before = history.filter((one) => one.period < period && one.of === rank.of).at(-1);
  const text = t.indicators.ofSet(rank.rank, rank.of);
  const how = t.indicators.rankHow(rank.of, rank.by);
  return (
    <span className="rank">
      <Traced
        refs={rank.refs}
        title={`${name} · ${t.indicators.rank}`}
        text={text}
        how={{ zh: how, en: how }}
        label={text}
      >
        <span className="num">
          {rank.rank}
          <span className="of">/{rank.of}</span>
        </span>
      </Traced>
      <Movement places={before === undefined ? 0 : before.rank - rank.rank} />
    </span>
  );
}

function Movement({ places }: { places: number }) {
  const { t } = useSpeech();
  if (places === 0) return <span className="movement" aria-hidden="true" />;
  const words = places > 0 ? t.overview.movedUp(places) : t.overview.movedDown(-places);
  return (
    <span className="movement" title={words}>
      <span aria-hidden="true">
        {places > 0 ? "↑" : "↓"}
        {Math.abs(places)}
      </span>
      <span className="unseen">{words}</span>
    </span>
  );
}
