/** The same indicator elsewhere: the ranked set of the prefecture, and the regions below. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { IndicatorView } from "../../../domains/indicators/contract.ts";
import { api } from "../../api/routes.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { TracedNumber } from "../../shell/traced-number.tsx";
import { Trouble, Waiting } from "../../shell/trouble.tsx";
import { Section } from "./evidence-sections.tsx";

export function RankingSection({ view }: { view: IndicatorView }) {
  const { t, lang, nameOf } = useSpeech();
  const words = t.indicators;
  const { rank } = view.assessment;
  const asked =
    !("rank" in rank) || rank.of < 2
      ? undefined
      : { measure: view.measure.code, period: view.period, set: rank.set };
  const ranking = useQuery({
    queryKey: ["rankings", asked],
    queryFn: ({ signal }) => api.rankings(asked, {}, signal),
    enabled: asked !== undefined,
  });
  if (asked === undefined) return null;
  if (ranking.error !== null) return <Trouble error={ranking.error} again={() => void ranking.refetch()} />;
  if (ranking.data === undefined) return <Waiting lines={8} />;
  const { set, rows, missing } = ranking.data;
  const by = set.rankBy === "growth" ? words.byGrowth : words.byValue;
  const name = nameOf(view.measure);
  return (
    <Section id="ranking" title={words.ranking} note={`${nameOf(set)} · ${words.rankingNote(by)}`}>
      <table className="table ranking-table">
        <thead>
          <tr>
            <th scope="col" className="r">
              {words.rank}
            </th>
            <th scope="col">{t.app.region}</th>
            <th scope="col" className="r">
              {words.growth}
            </th>
            <th scope="col" className="r">
              {words.value}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.region.code} className={row.region.code === view.region.code ? "here" : undefined}>
              <td className="r">
                {row.rank}
                {row.tied && <span className="fine"> {t.overview.tied}</span>}
              </td>
              <th scope="row">{nameOf(row.region)}</th>
              <td className="r">
                <TracedNumber
                  number={row.growth}
                  title={`${nameOf(row.region)} · ${name} · ${words.growth}`}
                />
              </td>
              <td className="r">
                <TracedNumber number={row.value} title={`${nameOf(row.region)} · ${name} · ${words.value}`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {missing.length > 0 && (
        <p className="note">{words.missingUnits(missing.map(nameOf).join(lang === "zh" ? "、" : ", "))}</p>
      )}
    </Section>
  );
}

export function ChildrenSection({ view }: { view: IndicatorView }) {
  const { t, nameOf } = useSpeech();
  const words = t.indicators;
  const rows = view.children.filter((child) => child.value !== null || child.growth !== null);
  if (rows.length === 0) return null;
  const name = nameOf(view.measure);
  return (
    <Section id="children" title={words.children}>
      <table className="table ranking-table">
        <thead>
          <tr>
            <th scope="col">{t.app.region}</th>
            <th scope="col" className="r">
              {words.value}
            </th>
            <th scope="col" className="r">
              {words.growth}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((child) => (
            <tr key={child.region.code}>
              <th scope="row">
                <Link
                  to="/indicators/$measure"
                  params={{ measure: view.measure.code }}
                  search={{ period: view.period, region: child.region.code }}
                >
                  {nameOf(child.region)}
                </Link>
              </th>
              <td className="r">
                <TracedNumber
                  number={child.value}
                  title={`${nameOf(child.region)} · ${name} · ${words.value}`}
                />
              </td>
              <td className="r">
                <TracedNumber
                  number={child.growth}
                  title={`${nameOf(child.region)} · ${name} · ${words.growth}`}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
