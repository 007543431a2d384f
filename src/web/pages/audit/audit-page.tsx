/** 审计: the head of the chain, its verification, and the entries. */
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/routes.ts";
import { formatDecimal } from "../../format/number.ts";
import { formatInstantExactly } from "../../format/time.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { CopyButton } from "../../shell/copy-button.tsx";
import { usePageTitle } from "../../shell/page-title.tsx";
import { TextField } from "../../shell/text-field.tsx";
import { Empty, Trouble, Waiting } from "../../shell/trouble.tsx";
import { EntryTable } from "./entry-table.tsx";

const count = (n: number): string => formatDecimal(String(n));

export function AuditPage() {
  const { t } = useSpeech();
  usePageTitle(t.audit.title);
  return (
    <>
      <div className="page-head">
        <h1>{t.audit.title}</h1>
      </div>
      <ChainHead />
      <Entries />
    </>
  );
}

function ChainHead() {
  const { t } = useSpeech();
  const words = t.audit;
  const head = useQuery({
    queryKey: ["audit-head"],
    queryFn: ({ signal }) => api.auditHead(undefined, {}, signal),
  });
  const verify = useMutation({ mutationFn: () => api.auditVerify() });
  return (
    <section className="section" aria-labelledby="head">
      <header>
        <h2 id="head">{words.head}</h2>
        <p className="note">{words.headHint}</p>
      </header>
      {head.error !== null && <Trouble error={head.error} again={() => void head.refetch()} />}
      {head.data !== undefined && (
        <dl className="facts-list">
          <div>
            <dt>{words.seal}</dt>
            <dd>{count(head.data.number)}</dd>
          </div>
          <div>
            <dt>{words.sealed}</dt>
            <dd>{count(head.data.entries)}</dd>
          </div>
          <div>
            <dt>{words.algorithm}</dt>
            <dd>{head.data.algorithm.toUpperCase()}</dd>
          </div>
          <div>
            <dt>{words.sealedAt}</dt>
            <dd>{head.data.at === null ? words.notYet : formatInstantExactly(head.data.at)}</dd>
          </div>
          <div>
            <dt>{words.hash}</dt>
            <dd>
              <span className="mono">{head.data.hash}</span>{" "}
              <CopyButton
                text={`${head.data.number} ${head.data.algorithm} ${head.data.hash} ${head.data.at ?? ""}`.trim()}
                label={words.copy}
              />
            </dd>
          </div>
        </dl>
      )}
      <p className="actions section-end">
        <button
          type="button"
          className="button"
          aria-disabled={verify.isPending}
          onClick={() => {
            if (!verify.isPending) verify.mutate();
          }}
        >
          {verify.isPending ? words.verifying : words.verify}
        </button>
      </p>
      <div aria-live="polite">
        {verify.error !== null && <Trouble error={verify.error} />}
        {verify.data !== undefined && <Verdict verdict={verify.data} />}
      </div>
    </section>
  );
}

function Verdict({ verdict }: { verdict: Awaited<ReturnType<typeof api.auditVerify>> }) {
  const { t } = useSpeech();
  const words = t.audit;
  return (
    <div className={`message ${verdict.ok ? "good" : "bad"}`}>
      <p className="title">
        {verdict.ok
          ? words.intact(count(verdict.seals), count(verdict.entries))
          : words.broken(verdict.problems.length)}
      </p>
      {verdict.unsealed > 0 && <p>{words.unsealed(count(verdict.unsealed))}</p>}
      <ul className="problem-list">
        {verdict.problems.map((problem) => (
          <li key={`${problem.seal} ${problem.code} ${problem.detail}`}>
            {problem.seal !== null && `${words.atSeal(problem.seal)} · `}
            {problem.code} · {problem.detail}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Entries() {
  const { t } = useSpeech();
  const words = t.audit;
  const [action, setAction] = useState("");
  const [username, setUsername] = useState("");
  const filter = {
    ...(action.trim() === "" ? {} : { action: action.trim() }),
    ...(username.trim() === "" ? {} : { username: username.trim() }),
  };
  const entries = useInfiniteQuery({
    queryKey: ["audit-entries", filter],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) => api.auditEntries({ ...filter, before: pageParam }, {}, signal),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const items = entries.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="section" aria-labelledby="entries">
      <header>
        <h2 id="entries">{words.entries}</h2>
      </header>
      <div className="filters wide-filters">
        <TextField label={words.filterAction} value={action} onValue={setAction} maxLength={60} />
        <TextField
          label={words.filterUser}
          value={username}
          onValue={setUsername}
          maxLength={64}
          autoComplete="off"
        />
      </div>
      {entries.error !== null && <Trouble error={entries.error} again={() => void entries.refetch()} />}
      {entries.isPending && <Waiting lines={10} />}
      {entries.isSuccess && items.length === 0 && <Empty title={words.empty} />}
      {items.length > 0 && <EntryTable items={items} />}
      {entries.hasNextPage && (
        <p className="actions list-end">
          <button
            type="button"
            className="button"
            aria-disabled={entries.isFetchingNextPage}
            onClick={() => {
              if (!entries.isFetchingNextPage) void entries.fetchNextPage();
            }}
          >
            {t.app.more}
          </button>
        </p>
      )}
    </section>
  );
}
