/** 未报情况: one form, its units by its periods; who is late, how well each reports, and the reminder. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { BoardView } from "../../../../domains/returns/contract.ts";
import { returnDownloads, returnsApi } from "../../../api/returns.ts";
import { nearRegionsQuery } from "../../../api/shared-queries.ts";
import { formatPeriod } from "../../../format/period.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import type { BoardSearch } from "../../../search-params.ts";
import { useSession } from "../../../session/session.tsx";
import { usePageTitle } from "../../../shell/page-title.tsx";
import { Choice } from "../../../shell/text-field.tsx";
import { Empty, Trouble, Waiting } from "../../../shell/trouble.tsx";
import "../../../styles/returns.css";
import { BlockedPeriods } from "../forms/blocked-periods.tsx";
import { BoardTable } from "./board-table.tsx";
import { Legend } from "./legend.tsx";
import { Unreported } from "./unreported.tsx";

const route = getRouteApi("/returns/board");

export function BoardPage() {
  const { nameOf } = useSpeech();
  const r = useReturnTexts();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const forms = useQuery({
    queryKey: ["return-forms"],
    queryFn: ({ signal }) => returnsApi.forms(undefined, {}, signal),
  });
  usePageTitle(r.board.title);
  const put = (change: Partial<BoardSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
  if (forms.error !== null) return <Trouble error={forms.error} again={() => void forms.refetch()} />;
  if (forms.data === undefined) return <Waiting lines={10} />;
  const form = search.form ?? forms.data.items[0]?.code;
  return (
    <>
      <div className="page-head">
        <h1>{r.board.title}</h1>
        {form !== undefined && <Exports form={form} search={search} />}
      </div>
      <p className="note page-note">{r.board.hint}</p>
      {form === undefined ? (
        <Empty title={r.board.noForms} />
      ) : (
        <>
          <div className="board-filters no-print">
            <Choice
              label={r.board.form}
              value={form}
              onValue={(code) => put({ form: code, from: undefined, to: undefined })}
              options={forms.data.items.map((one) => ({ value: one.code, name: nameOf(one) }))}
            />
            <RegionChoice within={search.within} onWithin={(within) => put({ within })} />
            <PeriodRange form={form} search={search} onPut={put} />
          </div>
          <BlockedPeriods blocked={forms.data.items.find(({ code }) => code === form)?.blocked ?? []}>
            <Link to="/returns/forms/$code" params={{ code: form }} search={{}}>
              {r.blocked.toForm}
            </Link>
          </BlockedPeriods>
          <Board form={form} search={search} />
        </>
      )}
    </>
  );
}

function Exports({ form, search }: { form: string; search: BoardSearch }) {
  const r = useReturnTexts();
  const { from, to, within } = search;
  return (
    <p className="actions no-print">
      <a href={returnDownloads.board("xlsx", { form, from, to, within })} download>
        {r.board.xlsx}
      </a>
      <a href={returnDownloads.board("csv", { form, from, to, within })} download>
        {r.board.csv}
      </a>
    </p>
  );
}

type RegionChoiceProps = { within: number | undefined; onWithin: (within: number | undefined) => void };

/** The whole scope, or one region right below it. */
function RegionChoice({ within, onWithin }: RegionChoiceProps) {
  const { t, nameOf } = useSpeech();
  const { post } = useSession();
  const regions = useQuery(nearRegionsQuery(post.region.code)).data ?? [];
  if (regions.length < 2) return null;
  return (
    <Choice
      label={t.app.region}
      value={String(within ?? post.region.code)}
      onValue={(code) => onWithin(Number(code) === post.region.code ? undefined : Number(code))}
      options={regions.map((region) => ({ value: String(region.code), name: nameOf(region) }))}
    />
  );
}

type PeriodRangeProps = {
  form: string;
  search: BoardSearch;
  onPut: (change: Partial<BoardSearch>) => void;
};

/** From and to among the periods that were opened. */
function PeriodRange({ form, search, onPut }: PeriodRangeProps) {
  const { t, lang } = useSpeech();
  const r = useReturnTexts();
  const view = useQuery({
    queryKey: ["return-form", form, undefined],
    queryFn: ({ signal }) => returnsApi.form({}, { code: form }, signal),
  });
  const openings = view.data?.openings ?? [];
  if (openings.length < 2) return null;
  const options = [
    { value: "", name: t.app.all },
    ...openings.map(({ period }) => ({ value: period, name: formatPeriod(period, "month", lang) })),
  ];
  return (
    <>
      {(["from", "to"] as const).map((end) => (
        <Choice
          key={end}
          label={r.board[end]}
          value={search[end] ?? ""}
          onValue={(value) => onPut({ [end]: value === "" ? undefined : value })}
          options={options}
        />
      ))}
    </>
  );
}

function Board({ form, search }: { form: string; search: BoardSearch }) {
  const r = useReturnTexts();
  const { from, to, within } = search;
  const board = useQuery({
    queryKey: ["returns-board", form, from, to, within],
    queryFn: ({ signal }) => returnsApi.board({ form, from, to, within }, {}, signal),
  });
  if (board.error !== null) return <Trouble error={board.error} again={() => void board.refetch()} />;
  if (board.data === undefined) return <Waiting lines={10} />;
  if (board.data.periods.length === 0 || board.data.units.length === 0)
    return <Empty title={r.board.empty} next={r.board.emptyNext} />;
  return <Filled board={board.data} search={search} />;
}

function Filled({ board, search }: { board: BoardView; search: BoardSearch }) {
  const r = useReturnTexts();
  const isSynthetic = board.units.some(({ cells }) => cells.some(({ origin }) => origin === "synthetic"));
  return (
    <>
      <Unreported board={board} />
      <BoardTable board={board} sort={search.sort ?? "name"} />
      <Legend />
      {isSynthetic && <p className="note">{r.board.syntheticNote}</p>}
      <p className="fine">{r.board.scoreHint}</p>
    </>
  );
}
