/** 公示: what is or was made public, and the way to post what waits for it. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { NoticeView } from "../../../../domains/relief/contract.ts";
import { api } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useMay } from "../../../session/session.tsx";
import { usePageTitle } from "../../../shell/page-title.tsx";
import { ShapeMark } from "../../../shell/status-mark.tsx";
import { Empty, Trouble, Waiting } from "../../../shell/trouble.tsx";
import { count } from "../count.ts";
import { PostNotice } from "./post-notice.tsx";

export function NoticesPage() {
  const { t } = useSpeech();
  const mayPost = useMay("clues.review");
  usePageTitle(t.notices.title);
  const notices = useQuery({
    queryKey: ["notices"],
    queryFn: ({ signal }) => api.notices(undefined, {}, signal),
  });
  return (
    <>
      <div className="page-head">
        <h1>{t.notices.title}</h1>
      </div>
      <p className="note page-note">{t.notices.hint}</p>
      {notices.error !== null && <Trouble error={notices.error} again={() => void notices.refetch()} />}
      {notices.data === undefined && notices.error === null && <Waiting lines={8} />}
      {notices.data !== undefined && notices.data.items.length > 0 && (
        <NoticeTable notices={notices.data.items} />
      )}
      {notices.data?.items.length === 0 && (
        <Empty title={t.notices.empty} next={mayPost ? t.notices.emptyPost : t.notices.emptyWait} />
      )}
      {mayPost && <PostNotice />}
    </>
  );
}

function NoticeTable({ notices }: { notices: readonly NoticeView[] }) {
  const { t } = useSpeech();
  const head = t.notices;
  return (
    <table className="table list blocks">
      <thead>
        <tr>
          <th scope="col">{head.notice}</th>
          <th scope="col">{head.state}</th>
          <th scope="col">{t.app.region}</th>
          <th scope="col">{head.days}</th>
          <th scope="col" className="r">
            {head.clues}
          </th>
          <th scope="col" className="r">
            {head.waiting}
          </th>
          <th scope="col" className="r">
            {head.objected}
          </th>
          <th scope="col" className="r">
            {head.closed}
          </th>
        </tr>
      </thead>
      <tbody>
        {notices.map((notice) => (
          <NoticeLine key={notice.id} notice={notice} />
        ))}
      </tbody>
    </table>
  );
}

function NoticeLine({ notice }: { notice: NoticeView }) {
  const { t, nameOf } = useSpeech();
  const head = t.notices;
  return (
    <tr>
      <th scope="row">
        <Link to="/notices/$id" params={{ id: String(notice.id) }}>
          {notice.title}
        </Link>
      </th>
      <td className="standing">
        <NoticeMark notice={notice} />
      </td>
      <td data-label={t.app.region}>{nameOf(notice.region)}</td>
      <td className="whole" data-label={head.days}>
        {head.fromTo(notice.postedOn, notice.endsOn)}
      </td>
      <td className="r" data-label={head.clues}>
        {count(notice.clues)}
      </td>
      <td className="r" data-label={head.waiting}>
        {count(notice.waiting)}
      </td>
      <td className="r" data-label={head.objected}>
        {count(notice.objected)}
      </td>
      <td className="r" data-label={head.closed}>
        {count(notice.closed)}
      </td>
    </tr>
  );
}

/** ○ going on, ▲ over and not yet in effect, ✓ all of it dealt with. */
export function NoticeMark({ notice }: { notice: NoticeView }) {
  const { t } = useSpeech();
  if (notice.waiting === 0) return <ShapeMark shape="done">{t.notices.states.settled}</ShapeMark>;
  if (notice.isOver) return <ShapeMark shape="watch">{t.notices.states.over}</ShapeMark>;
  return <ShapeMark shape="plain">{t.notices.states.going}</ShapeMark>;
}
