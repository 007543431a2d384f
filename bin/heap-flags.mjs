/**
 * For a server next to PostgreSQL: collect sooner and keep less. By itself the heap grows as if the machine were its own:
 * 380 MB resident instead of 180 after some hundred computed overviews, which take longer to compute so; answers that are
 * kept and pages of figures cost the same. The heap is laid out before the first line runs, hence flags and not a call.
 */
export const heapFlags = ["--max-semi-space-size=8", "--heap-growing-percent=40"];
