/** 一条线索: both sides with what speaks for and against, the household, the course so far, and what is to be done now. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useLocation } from "@tanstack/react-router";
import type { ClueView } from "../../../../domains/relief/contract.ts";
import { isMissing } from "../../../api/problem.ts";
import { api } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { usePageTitle } from "../../../shell/page-title.tsx";
import { NotFound, Trouble, Waiting } from "../../../shell/trouble.tsx";
import { useKeys } from "../../../shell/use-keys.ts";
import { RegistryMark } from "../registry-mark.tsx";
import { ClueActions } from "./clue-actions.tsx";
import { neighboursOf, useClueList } from "./clue-list.ts";
import type { Neighbours } from "./clue-list.ts";
import { ClueCourse } from "./clue-course.tsx";
import { DueMark } from "./due-mark.tsx";
import { EvidenceFiles } from "./evidence-files.tsx";
import { MatchSides } from "./match-sides.tsx";
import { precisionWords } from "./precision-words.ts";

const route = getRouteApi("/clues/$id");

export function CluePage() {
  const { id } = route.useParams();
  const { t } = useSpeech();
  const isId = /^[1-9]\d{0,15}$/.test(id);
  const clue = useQuery({
    queryKey: ["clue", Number(id)],
    queryFn: ({ signal }) => api.clue(undefined, { id }, signal),
    enabled: isId,
  });
  usePageTitle(t.clues.one);
  if (!isId || isMissing(clue.error)) return <NotFound />;
  if (clue.error !== null) return <Trouble error={clue.error} again={() => void clue.refetch()} />;
  if (clue.data === undefined) return <Waiting lines={14} />;
  return <Clue key={id} clue={clue.data} />;
}

function Clue({ clue }: { clue: ClueView }) {
  const { t } = useSpeech();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const done = useLocation({ select: ({ state }) => state.clueDone });
  // Opened from a queue, the page knows what comes next in it.
  const list = useClueList(search, search.queue !== undefined);
  const near = neighboursOf(list.data?.pages.flatMap((page) => page.items) ?? [], clue.id);
  const go = (id: number | undefined) =>
    id === undefined
      ? undefined
      : () => void navigate({ to: "/clues/$id", params: { id: String(id) }, search: true });
  useKeys({ j: go(near.next), k: go(near.previous) });
  return (
    <>
      {done !== undefined && (
        <p className="message good" role="status">
          {done}
        </p>
      )}
      <ClueHead clue={clue} near={near} />
      <div className="clue-columns">
        <div className="clue-evidence">
          {clue.matches.map((match) => (
            <MatchSides key={match.id} clue={clue} match={match} />
          ))}
        </div>
        <section className="clue-action" id="action" aria-label={t.clues.toDo} tabIndex={-1}>
          <ClueActions clue={clue} next={near.next} search={search} />
        </section>
        <div className="clue-rest">
          <EvidenceFiles clue={clue} />
          <Members clue={clue} />
          <ClueCourse steps={clue.steps} />
        </div>
      </div>
    </>
  );
}

function ClueHead({ clue, near }: { clue: ClueView; near: Neighbours }) {
  const { t, lang, nameOf } = useSpeech();
  const search = route.useSearch();
  return (
    <>
      <div className="clue-nav no-print">
        <p className="crumbs">
          <Link to="/clues" search={search}>
            {t.clues.title}
          </Link>
          {" › "}
          {t.clues.queues[clue.queue]}
        </p>
        {search.queue !== undefined && (
          <p className="actions">
            <NearLink id={near.previous} name={t.clues.previous} />
            <NearLink id={near.next} name={t.clues.next} />
          </p>
        )}
      </div>
      <div className="page-head clue-head">
        <h1>
          {clue.name} <span className="of-region">{nameOf(clue.region)}</span>
        </h1>
        <DueMark clue={clue} />
      </div>
      <p className="clue-rule">
        <Link to="/lookback/rules">{lang === "zh" ? clue.ruleZh : clue.ruleEn}</Link>{" "}
        <span className="badge">{t.clues.effects[clue.effect]}</span>{" "}
        {clue.isRebuttable && <span className="badge">{t.clues.rebuttable}</span>}{" "}
        {clue.confidential && <span className="badge">{t.clues.confidential}</span>}
      </p>
      <p className="note page-note">
        {clue.basis !== "" && (
          <>
            {t.clues.basis(clue.basis)}
            <br />
          </>
        )}
        {precisionWords(clue.precision, t)}
      </p>
      {clue.may.length > 0 && (
        <p className="to-action no-print">
          <a href="#action" className="button">
            {t.clues.toAction}
          </a>
        </p>
      )}
    </>
  );
}

function NearLink({ id, name }: { id: number | undefined; name: string }) {
  if (id === undefined) return <span className="fine">{name}</span>;
  return (
    <Link from="/clues/$id" to="/clues/$id" params={{ id: String(id) }} search={true}>
      {name}
    </Link>
  );
}

function Members({ clue }: { clue: ClueView }) {
  const { t } = useSpeech();
  const head = t.relief;
  return (
    <section className="section" aria-labelledby="members">
      <header>
        <h2 id="members">{head.members}</h2>
        <Link to="/relief/households/$id" params={{ id: String(clue.household) }}>
          {head.householdOf(clue.householdNumber)}
        </Link>
      </header>
      <table className="table person-table plain">
        <thead>
          <tr>
            <th scope="col">{head.name}</th>
            <th scope="col">{head.relation}</th>
            <th scope="col" className="r">
              {head.birthYear}
            </th>
            <th scope="col">{head.idNumber}</th>
            <th scope="col">{head.statusLabel}</th>
          </tr>
        </thead>
        <tbody>
          {clue.members.map((member) => (
            <tr key={member.id} className={member.id === clue.person ? "here" : undefined}>
              <td className="name">{member.name}</td>
              <td>{member.relation}</td>
              <td className="r">{member.birthYear ?? t.app.nowhere}</td>
              <td className="id">{member.idMask ?? head.noNumber}</td>
              <td className="standing">
                <RegistryMark status={member.status} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
