import { useSpeech } from "../i18n/language.tsx";

type MoreRowsProps = {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  shown: number;
};

/** Below a list that comes in pages: the way to the next, and how many rows are there already. */
export function MoreRows({ list, shown }: MoreRowsProps) {
  const { t } = useSpeech();
  return (
    <p className="actions list-end">
      {list.hasNextPage && (
        <button
          type="button"
          className="button"
          aria-disabled={list.isFetchingNextPage}
          onClick={() => {
            if (!list.isFetchingNextPage) list.fetchNextPage();
          }}
        >
          {list.isFetchingNextPage ? t.app.loading : t.app.more}
        </button>
      )}
      <span className="fine" role="status">
        {t.figures.shown(shown)}
        {!list.hasNextPage && ` · ${t.figures.end}`}
      </span>
    </p>
  );
}
