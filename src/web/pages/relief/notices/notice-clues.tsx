import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { NoticeView } from "../../../../domains/relief/contract.ts";
import { api } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { MoreRows } from "../../../shell/more-rows.tsx";
import { Trouble, Waiting } from "../../../shell/trouble.tsx";

/** Who is on a notice; an objection is recorded on the clue itself. */
export function NoticeClues({ notice }: { notice: NoticeView }) {
  const { t } = useSpeech();
  const clues = useInfiniteQuery({
    queryKey: ["clues", { notice: notice.id }],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) => api.clues({ notice: notice.id, cursor: pageParam }, {}, signal),
    getNextPageParam: (page) => page.cursor ?? undefined,
  });
  const items = clues.data?.pages.flatMap((page) => page.items) ?? [];
  if (clues.error !== null) return <Trouble error={clues.error} again={() => void clues.refetch()} />;
  if (clues.isPending) return <Waiting lines={6} />;
  return (
    <section className="section" aria-labelledby="on-notice">
      <header>
        <h2 id="on-notice">{t.notices.onIt}</h2>
        <p className="note">{t.notices.objectHow}</p>
      </header>
      <table className="table list">
        <thead>
          <tr>
            <th scope="col">{t.relief.name}</th>
            <th scope="col">{t.relief.idNumber}</th>
            <th scope="col">{t.clues.place}</th>
            <th scope="col">{t.clues.rule}</th>
            <th scope="col">{t.clues.verdict}</th>
            <th scope="col">{t.notices.nowIn}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((clue) => (
            <NoticeLine key={clue.id} clue={clue} />
          ))}
        </tbody>
      </table>
      <MoreRows list={clues} shown={items.length} />
    </section>
  );
}

type Clue = Awaited<ReturnType<typeof api.clues>>["items"][number];

function NoticeLine({ clue }: { clue: Clue }) {
  const { t, lang, nameOf } = useSpeech();
  return (
    <tr>
      <th scope="row">
        <Link to="/clues/$id" params={{ id: String(clue.id) }} search={{}}>
          {clue.name}
        </Link>
      </th>
      <td className="id" data-label={t.relief.idNumber}>
        {clue.idMask ?? t.relief.noNumber}
      </td>
      <td data-label={t.clues.place}>
        {clue.township === null ? "" : `${nameOf(clue.township)} `}
        {nameOf(clue.region)}
      </td>
      <td data-label={t.clues.rule}>{lang === "zh" ? clue.ruleZh : clue.ruleEn}</td>
      <td data-label={t.clues.verdict}>
        {clue.verdict === null ? t.app.nowhere : t.clues.verdicts[clue.verdict]}
      </td>
      <td data-label={t.notices.nowIn}>{t.clues.queues[clue.queue]}</td>
    </tr>
  );
}
