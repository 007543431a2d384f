/** The matches of a run side by side, before anything is sent. */
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { RulesView, RunMatch, RunView } from "../../../../domains/relief/contract.ts";
import { api } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import type { MatchSearch } from "../../../search-params.ts";
import { MoreRows } from "../../../shell/more-rows.tsx";
import { Choice } from "../../../shell/text-field.tsx";
import { Empty, Trouble, Waiting } from "../../../shell/trouble.tsx";
import { Sides } from "../clues/match-sides.tsx";

const route = getRouteApi("/lookback/runs/$id");
const tiers = ["exact", "repaired", "name", "household"] as const;

type RunMatchesProps = { run: RunView; rules: RulesView["rules"] };

export function RunMatches({ run, rules }: RunMatchesProps) {
  const { t } = useSpeech();
  const { tier, rule, register } = route.useSearch();
  const filter = { tier, rule, ...(register === undefined ? {} : { register: Number(register) }) };
  const matches = useInfiniteQuery({
    queryKey: ["run-matches", run.id, filter],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.runMatches({ ...filter, cursor: pageParam }, { id: run.id }, signal),
    getNextPageParam: (page) => page.cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const items = matches.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="section" aria-labelledby="matches">
      <header>
        <h2 id="matches">{t.lookback.matchList}</h2>
        <p className="note">{t.lookback.matchListHint}</p>
      </header>
      <MatchFilters run={run} rules={rules} />
      {matches.error !== null && <Trouble error={matches.error} again={() => void matches.refetch()} />}
      {matches.isPending && <Waiting lines={8} />}
      {matches.isSuccess && items.length === 0 && (
        <Empty title={t.lookback.noMatches} next={t.lookback.noMatchesNext} />
      )}
      {items.length > 0 && (
        <div className={matches.isPlaceholderData ? "stale" : undefined}>
          {items.map((match) => (
            <OneMatch key={match.id} match={match} rules={rules} />
          ))}
          <MoreRows list={matches} shown={items.length} />
        </div>
      )}
    </section>
  );
}

function MatchFilters({ run, rules }: RunMatchesProps) {
  const { t, nameOf } = useSpeech();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const put = (change: MatchSearch) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
  const any = { value: "", name: t.app.all };
  return (
    <div className="filters no-print">
      <Choice
        label={t.lookback.register}
        value={search.register ?? ""}
        onValue={(register) => put({ register: register === "" ? undefined : register })}
        options={[any, ...run.registers.map(({ id, title }) => ({ value: String(id), name: title }))]}
      />
      <Choice
        label={t.lookback.tier}
        value={search.tier ?? ""}
        onValue={(tier) => put({ tier: tiers.find((one) => one === tier) })}
        options={[any, ...tiers.map((tier) => ({ value: tier, name: t.clues.tiers[tier] }))]}
      />
      <Choice
        label={t.clues.rule}
        value={search.rule ?? ""}
        onValue={(rule) => put({ rule: rule === "" ? undefined : rule })}
        options={[any, ...rules.map((rule) => ({ value: rule.code, name: nameOf(rule) }))]}
      />
    </div>
  );
}

function OneMatch({ match, rules }: { match: RunMatch; rules: RulesView["rules"] }) {
  const { t, nameOf } = useSpeech();
  const { person } = match;
  const rule = rules.find((one) => one.code === match.rule);
  return (
    <article className="run-match" aria-label={person.name}>
      <p className="run-match-head">
        <Link to="/relief/households/$id" params={{ id: String(person.household) }}>
          {person.name}
        </Link>
        <span>{nameOf(person.region)}</span>
        <span>{rule === undefined ? t.lookback.noRule : nameOf(rule)}</span>
        {match.clue !== null && (
          <Link to="/clues/$id" params={{ id: String(match.clue) }} search={{}}>
            {t.relief.ofClue(match.clue)}
          </Link>
        )}
      </p>
      <Sides
        match={match}
        side={[
          [t.relief.name, person.name],
          [t.relief.idNumber, person.idMask ?? t.relief.noNumber],
          [t.relief.birthYear, person.birthYear === null ? t.app.nowhere : String(person.birthYear)],
          [t.relief.relation, person.relation],
          [t.relief.village, nameOf(person.region)],
        ]}
      />
    </article>
  );
}
