/** 我的报表: what this unit has to file, what was sent back on top; what waits for its review; what came lately. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ReturnBrief } from "../../../../domains/returns/contract.ts";
import { returnsApi } from "../../../api/returns.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { useMay, useSession } from "../../../session/session.tsx";
import { usePageTitle } from "../../../shell/page-title.tsx";
import { Empty, Trouble, Waiting } from "../../../shell/trouble.tsx";
import "../../../styles/returns.css";
import { BlockedForms } from "./blocked-forms.tsx";
import { Contacts } from "./contacts.tsx";
import { Inbox } from "./inbox.tsx";
import { ReturnTable } from "./return-table.tsx";
import { Undelivered } from "./undelivered.tsx";

const mostShown = 20;

export function ReturnsPage() {
  const r = useReturnTexts();
  const { nameOf } = useSpeech();
  const { post } = useSession();
  const mine = useQuery({
    queryKey: ["returns", "mine"],
    queryFn: ({ signal }) => returnsApi.returns({ of: "mine", limit: 500 }, {}, signal),
  });
  usePageTitle(r.title);
  return (
    <>
      <div className="page-head">
        <h1>
          {r.title} <span className="of-region">{nameOf({ nameZh: post.unitZh, nameEn: post.unitEn })}</span>
        </h1>
      </div>
      <p className="note page-note">{r.hint}</p>
      <Inbox />
      <BlockedForms />
      {mine.error !== null && <Trouble error={mine.error} again={() => void mine.refetch()} />}
      {mine.isPending && <Waiting lines={8} />}
      {mine.data !== undefined && <Mine items={mine.data.items} />}
      <ForReview />
      <Undelivered />
      <Contacts />
    </>
  );
}

/** Late first, then by due day. */
const byDueDay = (a: ReturnBrief, b: ReturnBrief): number => a.dueDay.localeCompare(b.dueDay) || a.id - b.id;

function Mine({ items }: { items: readonly ReturnBrief[] }) {
  const { t } = useSpeech();
  const r = useReturnTexts();
  const mayFile = useMay("returns.file");
  const mayDesign = useMay("returns.design");
  if (items.length === 0) {
    if (!mayFile) {
      return (
        <Empty title={r.nothingOpen}>
          <p>
            <Link to="/returns/board" className="button">
              {r.toBoard}
            </Link>
          </p>
        </Empty>
      );
    }
    return (
      <Empty title={r.nothingYet} next={mayDesign ? r.nothingYetDesign : r.nothingYetNext}>
        {mayDesign && (
          <p>
            <Link to="/returns/forms" className="button">
              {t.nav.forms}
            </Link>
          </p>
        )}
      </Empty>
    );
  }
  const sentBack = items.filter(({ status }) => status === "sent-back").toSorted(byDueDay);
  const open = items.filter(({ status }) => ["due", "draft", "amending"].includes(status)).toSorted(byDueDay);
  const others = items
    .filter(({ status }) => status === "submitted" || status === "accepted")
    .toSorted((a, b) => (b.submittedAt ?? "").localeCompare(a.submittedAt ?? ""));
  return (
    <>
      {sentBack.length > 0 && (
        <Part id="sent-back" title={r.sections.sentBack}>
          <ReturnTable items={sentBack} showReasons />
        </Part>
      )}
      <Part id="open" title={r.sections.open}>
        {open.length > 0 ? (
          <ReturnTable items={open} />
        ) : (
          <Empty title={r.nothingOpen} next={r.nothingOpenNext} />
        )}
      </Part>
      {others.length > 0 && (
        <Part id="recent" title={r.sections.recent}>
          <ReturnTable items={others.slice(0, mostShown)} />
        </Part>
      )}
    </>
  );
}

function ForReview() {
  const r = useReturnTexts();
  const mayReview = useMay("returns.review");
  const waiting = useQuery({
    queryKey: ["returns", "review"],
    queryFn: ({ signal }) => returnsApi.returns({ of: "review", limit: 500 }, {}, signal),
    enabled: mayReview,
  });
  const items = waiting.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Part
      id="review"
      title={r.sections.review}
      aside={<Link to="/returns/review">{r.toReview(items.length)}</Link>}
    >
      <ReturnTable items={items.slice(0, mostShown)} ofOthers />
    </Part>
  );
}

type PartProps = { id: string; title: string; aside?: ReactNode; children: ReactNode };

function Part({ id, title, aside, children }: PartProps) {
  return (
    <section className="section" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
