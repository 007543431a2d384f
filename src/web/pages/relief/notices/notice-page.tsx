/** 一份公示: its clues with masked numbers, its documents, and its effect once the days are over. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import type { NoticeView } from "../../../../domains/relief/contract.ts";
import { isMissing } from "../../../api/problem.ts";
import { api, downloads } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useMay } from "../../../session/session.tsx";
import { ConfirmDialog } from "../../../shell/confirm-dialog.tsx";
import { usePageTitle } from "../../../shell/page-title.tsx";
import { NotFound, Trouble, Waiting } from "../../../shell/trouble.tsx";
import { count } from "../count.ts";
import { NoticeClues } from "./notice-clues.tsx";
import { NoticeMark } from "./notices-page.tsx";

const route = getRouteApi("/notices/$id");

export function NoticePage() {
  const { id } = route.useParams();
  const { t } = useSpeech();
  const isId = /^[1-9]\d{0,15}$/.test(id);
  const notice = useQuery({
    queryKey: ["notice", Number(id)],
    queryFn: ({ signal }) => api.notice(undefined, { id }, signal),
    enabled: isId,
  });
  usePageTitle(t.notices.title);
  if (!isId || isMissing(notice.error)) return <NotFound />;
  if (notice.error !== null) return <Trouble error={notice.error} again={() => void notice.refetch()} />;
  if (notice.data === undefined) return <Waiting lines={12} />;
  return <Notice key={id} notice={notice.data} />;
}

function Notice({ notice }: { notice: NoticeView }) {
  const { t, nameOf } = useSpeech();
  const mayReview = useMay("clues.review");
  const head = t.notices;
  const numbers: readonly [string, number][] = [
    [head.clues, notice.clues],
    [head.waiting, notice.waiting],
    [head.objected, notice.objected],
    [head.closed, notice.closed],
  ];
  return (
    <>
      <p className="crumbs">
        <Link to="/notices">{head.title}</Link>
      </p>
      <div className="page-head">
        <h1>
          {notice.title} <span className="of-region">{nameOf(notice.region)}</span>
        </h1>
        <NoticeMark notice={notice} />
        <p className="actions no-print">
          <a href={downloads.notice(notice.id, "docx")} download>
            {t.briefing.download}
          </a>
          <a href={downloads.notice(notice.id, "xlsx")} download>
            {head.downloadXlsx}
          </a>
        </p>
      </div>
      <p className="note page-note">
        {head.fromTo(notice.postedOn, notice.endsOn)}
        <br />
        {head.contactOf(notice.contact)}
      </p>
      <dl className="pairs totals">
        {numbers.map(([name, n]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{count(n)}</dd>
          </div>
        ))}
      </dl>
      {mayReview && notice.waiting > 0 && <Effect notice={notice} />}
      <NoticeClues notice={notice} />
    </>
  );
}

function Effect({ notice }: { notice: NoticeView }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const words = t.notices;
  const effect = useMutation({
    mutationFn: () => api.takeEffect(undefined, { id: notice.id }),
    onSettled: () => setAsking(false),
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" }),
  });
  if (!notice.isOver) return <p className="note page-note">{words.notOver(notice.endsOn)}</p>;
  return (
    <div className="no-print">
      {effect.error !== null && <Trouble error={effect.error} />}
      <p className="actions">
        <button type="button" className="button first" onClick={() => setAsking(true)}>
          {words.effect}
        </button>
        <span className="note">{words.effectHint(notice.waiting)}</span>
      </p>
      {isAsking && (
        <ConfirmDialog
          title={words.effectTitle}
          confirm={words.effect}
          isWorking={effect.isPending}
          onConfirm={() => effect.mutate()}
          onCancel={() => setAsking(false)}
        >
          <p>{words.effectConfirm(notice.waiting, notice.objected)}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
