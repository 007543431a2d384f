/** Which rows of a long list are drawn: those in sight and some around them, so that 20,000 rows are as light as 40. */
import { useEffect, useState } from "react";
import type { RefObject } from "react";

export type RowWindow = { first: number; last: number; above: number; below: number };

const AROUND = 8; // rows drawn beyond what is in sight

/** @param top scrolled so far, px. @param height of what is in sight, px. `above` and `below` are the space of the rest, px */
export function windowOf(top: number, height: number, rowHeight: number, count: number): RowWindow {
  if (count === 0) return { first: 0, last: -1, above: 0, below: 0 };
  const first = Math.min(Math.max(0, Math.floor(top / rowHeight) - AROUND), count - 1);
  const last = Math.min(count - 1, Math.ceil((top + height) / rowHeight) + AROUND);
  return { first, last, above: first * rowHeight, below: (count - 1 - last) * rowHeight };
}

export function useRowWindow(
  scroller: RefObject<HTMLDivElement | null>,
  rowHeight: number,
  count: number,
): RowWindow {
  const [sight, setSight] = useState({ top: 0, height: 800 });
  useEffect(() => {
    const box = scroller.current;
    if (box === null) return undefined;
    const look = () => {
      // Whole rows: scrolling by a pixel draws nothing anew.
      const top = Math.floor(box.scrollTop / rowHeight) * rowHeight;
      setSight((before) =>
        before.top === top && before.height === box.clientHeight ? before : { top, height: box.clientHeight },
      );
    };
    look();
    box.addEventListener("scroll", look, { passive: true });
    const resized = new ResizeObserver(look);
    resized.observe(box);
    return () => {
      box.removeEventListener("scroll", look);
      resized.disconnect();
    };
  }, [scroller, rowHeight]);
  return windowOf(sight.top, sight.height, rowHeight, count);
}
