/** What is late, said first and in words. */
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import type { OverviewView } from "../../../domains/indicators/contract.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { Traced, TracedNumber } from "../../shell/traced-number.tsx";

type Row = OverviewView["rows"][number];

export function LateSentence({ rows }: { rows: readonly Row[] }) {
  const { t, lang } = useSpeech();
  const stop = lang === "zh" ? "。" : ". ";
  const withTarget = rows.filter((row) => !("missing" in row.assessment.pace));
  const late = withTarget
    .filter(({ assessment }) => ["watch", "late", "severe"].includes(assessment.standing))
    .toSorted((a, b) => distanceOf(a) - distanceOf(b));
  const tail = rows.filter(
    ({ assessment: { rank } }) => "rank" in rank && rank.of > 1 && rank.rank > (rank.of * 2) / 3,
  );
  return (
    <p className="lede">
      {late.length === 0 && withTarget.length > 0 && t.overview.allOnPace(withTarget.length)}
      {late.length > 0 && t.overview.late(late.length, rows.length)}
      {late.map((row, index) => (
        <Fragment key={row.measure.code}>
          {index > 0 && (lang === "zh" ? "；" : "; ")}
          <LateOne row={row} />
        </Fragment>
      ))}
      {late.length > 0 && stop}
      {tail.length > 0 && t.overview.tailRanks(tail.length)}
      {tail.map((row, index) => (
        <Fragment key={row.measure.code}>
          {index > 0 && (lang === "zh" ? "、" : ", ")}
          <TailOne row={row} />
        </Fragment>
      ))}
      {tail.length > 0 && stop}
    </p>
  );
}

function distanceOf({ assessment: { pace } }: Row): number {
  return "missing" in pace ? 0 : Number(pace.distance.value);
}

function LateOne({ row: { measure, assessment } }: { row: Row }) {
  const { t, nameOf, say } = useSpeech();
  const { completion, pace } = assessment;
  const name = nameOf(measure);
  if ("missing" in pace || "missing" in completion) return name;
  // "−18.7 个百分点" behind is "落后 18.7 个百分点"
  const distance = say(pace.distance.text).replace(/^[−-]/, "");
  const title = `${name} · ${t.indicators.elapsedDistance}`;
  return (
    <>
      <Link to="/indicators/$measure" params={{ measure: measure.code }} search={true}>
        {t.overview.lateOne(name)}
      </Link>{" "}
      <TracedNumber inline number={completion} title={`${name} · ${t.indicators.completion}`} />
      {t.overview.behind}{" "}
      <Traced
        inline
        refs={pace.distance.refs}
        how={pace.distance.how}
        title={title}
        text={say(pace.distance.text)}
        className="red"
      >
        {distance}
      </Traced>
    </>
  );
}

function TailOne({ row: { measure, assessment } }: { row: Row }) {
  const { t, nameOf, lang } = useSpeech();
  const { rank } = assessment;
  if (!("rank" in rank)) return null;
  const text = t.indicators.ofSet(rank.rank, rank.of);
  return (
    <>
      {nameOf(measure)}{" "}
      <Traced inline refs={rank.refs} title={`${nameOf(measure)} · ${t.indicators.rank}`} text={text}>
        {lang === "zh" ? `第 ${rank.rank}` : `${rank.rank} of ${rank.of}`}
      </Traced>
    </>
  );
}
