/** The rows of a return, a page at a time: those that somebody looks at. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { EditedView, ReturnRowView, ReturnView } from "../../../../domains/returns/contract.ts";
import { returnsApi } from "../../../api/returns.ts";

export const ROWS_OF_PAGE = 200;

export type LoadedRows = {
  /** of the whole return */
  count: number;
  rowAt: (index: number) => ReturnRowView | undefined;
  bySubject: ReadonlyMap<string, ReturnRowView>;
  /** as they were read, before anything was saved from this page */
  asRead: ReadonlyMap<string, ReturnRowView>;
  hasAll: boolean;
  /** sees to it that these rows are there; resolves when they are */
  ensure: (from: number, to: number) => Promise<void>;
  /** takes the server's word for cells that were saved */
  patch: (answer: Pick<EditedView, "cells" | "refused">) => void;
};

type Pages = ReadonlyMap<number, readonly ReturnRowView[]>;

/** @param view with its first rows; a newer view starts the rows afresh */
export function useLoadedRows(view: ReturnView): LoadedRows {
  const { id } = view.brief;
  const [pages, setPages] = useState<Pages>(() => new Map([[0, view.items]]));
  const [read, setRead] = useState<Pages>(pages);
  const asked = useRef(new Map<number, Promise<void>>());
  const current = useRef(view.items);
  useEffect(() => {
    if (current.current === view.items) return;
    current.current = view.items;
    asked.current = new Map();
    setPages(new Map([[0, view.items]]));
    setRead(new Map([[0, view.items]]));
  }, [view.items]);

  const ensure = useCallback(
    async (from: number, to: number) => {
      const wanted: Promise<void>[] = [];
      for (let page = Math.floor(from / ROWS_OF_PAGE); page <= Math.floor(to / ROWS_OF_PAGE); page++) {
        if (page === 0 || page * ROWS_OF_PAGE >= view.rows) continue;
        const before = asked.current.get(page);
        const fetching =
          before ??
          returnsApi.one({ offset: page * ROWS_OF_PAGE, limit: ROWS_OF_PAGE }, { id }).then(
            (answer) => {
              setPages((all) => new Map(all).set(page, answer.items));
              setRead((all) => new Map(all).set(page, answer.items));
            },
            () => {
              asked.current.delete(page); // asked again when it comes into sight again
            },
          );
        asked.current.set(page, fetching);
        wanted.push(fetching);
      }
      await Promise.all(wanted);
    },
    [id, view.rows],
  );

  const patch = useCallback((answer: Pick<EditedView, "cells" | "refused">) => {
    const said = new Map<string, Map<string, string | null>>();
    for (const { subject, column, value } of [...answer.cells, ...answer.refused])
      said.set(subject, (said.get(subject) ?? new Map()).set(column, value));
    setPages((all) => new Map([...all].map(([page, rows]) => [page, rows.map((row) => patched(row, said))])));
  }, []);

  return useMemo(() => {
    const all = [...pages.values()].flat();
    return {
      count: view.rows,
      rowAt: (index) => pages.get(Math.floor(index / ROWS_OF_PAGE))?.[index % ROWS_OF_PAGE],
      bySubject: bySubject(all),
      asRead: bySubject([...read.values()].flat()),
      hasAll: all.length >= view.rows,
      ensure,
      patch,
    };
  }, [pages, read, view.rows, ensure, patch]);
}

function patched(
  row: ReturnRowView,
  said: ReadonlyMap<string, ReadonlyMap<string, string | null>>,
): ReturnRowView {
  const cells = said.get(row.subject);
  if (cells === undefined) return row;
  const values = { ...row.values };
  for (const [column, value] of cells) {
    if (value === null) delete values[column];
    else values[column] = value;
  }
  return { ...row, values };
}

function bySubject(rows: readonly ReturnRowView[]): ReadonlyMap<string, ReturnRowView> {
  return new Map(rows.map((row) => [row.subject, row]));
}
