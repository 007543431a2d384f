/** What a run found: register × tier × rule, how sure, what was judged before, and how often the rule was right so far. */
import { Link } from "@tanstack/react-router";
import type { RulesView, RunView } from "../../../../domains/relief/contract.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { precisionShort } from "../clues/precision-words.ts";
import { count } from "../count.ts";
import { probabilityText } from "../probability-text.ts";

type TallyTableProps = {
  run: RunView;
  rules: RulesView["rules"];
  precision: RulesView["precision"];
};

const tiers = ["exact", "repaired", "name", "household"];

export function TallyTable({ run, rules, precision }: TallyTableProps) {
  const { t } = useSpeech();
  const head = t.lookback;
  const ordered = run.tallies.toSorted(
    (a, b) =>
      a.register - b.register ||
      tiers.indexOf(a.tier) - tiers.indexOf(b.tier) ||
      Number(a.rule === null) - Number(b.rule === null),
  );
  return (
    <section className="section" aria-labelledby="tallies">
      <header>
        <h2 id="tallies">{head.found}</h2>
        <p className="note">
          {run.state === "done" && head.notSent}
          {head.foundHint}
        </p>
      </header>
      {ordered.length === 0 ? (
        <p>{head.foundNothing}</p>
      ) : (
        <table className="table list blocks tally-table">
          <thead>
            <tr>
              <th scope="col">{head.register}</th>
              <th scope="col">{head.tier}</th>
              <th scope="col">{t.clues.rule}</th>
              <th scope="col" className="r">
                {head.matches}
              </th>
              <th scope="col" className="r">
                {t.relief.persons}
              </th>
              <th scope="col" className="r">
                {head.meanProbability}
              </th>
              <th scope="col" className="r">
                {head.known}
              </th>
              <th scope="col" className="r">
                {head.soFar}
              </th>
            </tr>
          </thead>
          <tbody>
            {ordered.map((tally, index) => (
              <TallyLine
                key={`${tally.register} ${tally.tier} ${tally.rule}`}
                run={run}
                tally={tally}
                isFirst={ordered[index - 1]?.register !== tally.register}
                rule={rules.find((one) => one.code === tally.rule)}
                soFar={tally.rule === null ? undefined : precision[tally.rule]}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

type TallyLineProps = {
  run: RunView;
  tally: RunView["tallies"][number];
  isFirst: boolean;
  rule: RulesView["rules"][number] | undefined;
  soFar: RulesView["precision"][string] | undefined;
};

function TallyLine({ run, tally, isFirst, rule, soFar }: TallyLineProps) {
  const { t, nameOf } = useSpeech();
  const head = t.lookback;
  const title = run.registers.find((one) => one.id === tally.register)?.title ?? String(tally.register);
  const search = {
    register: String(tally.register),
    tier: tally.tier,
    ...(tally.rule === null ? {} : { rule: tally.rule }),
  };
  return (
    <tr>
      <th scope="row">
        <span className={isFirst ? undefined : "again"}>{title}</span>
      </th>
      <td className="standing">{t.clues.tiers[tally.tier]}</td>
      <td className="whole" data-label={t.clues.rule}>
        {rule === undefined ? (
          <span className="fine">{tally.rule ?? head.noRule}</span>
        ) : (
          <span>
            {nameOf(rule)} <span className="fine">{t.clues.effects[rule.effect]}</span>
          </span>
        )}
      </td>
      <td className="r" data-label={head.matches}>
        <Link
          from="/lookback/runs/$id"
          to="/lookback/runs/$id"
          params={(before) => before}
          search={search}
          hash="matches"
        >
          {count(tally.matches)}
        </Link>
      </td>
      <td className="r" data-label={t.relief.persons}>
        {count(tally.persons)}
      </td>
      <td className="r" data-label={head.meanProbability}>
        {probabilityText(tally.probability)}
      </td>
      <td className="r" data-label={head.known}>
        {tally.known === 0 ? "0" : count(tally.known)}
      </td>
      <td className="r whole" data-label={head.soFar}>
        <span>{soFar === undefined ? t.app.nowhere : precisionShort(soFar, t)}</span>
      </td>
    </tr>
  );
}
