/** A fast wrong answer fails: what every answer must be, checked from the question alone. */
export type Expectation =
  | { kind: "figures"; items: number; scopeFrom: number; scopeTo: number }
  | { kind: "overview"; region: number; rows: number }
  | { kind: "indicator"; region: number; measure: string };

type Item = {
  id: number;
  region: { code: number };
  measure: string;
  aspect: string;
  period: string;
  value: string;
};

/** @returns what is wrong, or null */
export function findWrong(request: { path: string; expect: Expectation }, body: string): string | null {
  const answer = JSON.parse(body) as Record<string, unknown>;
  const { expect } = request;
  switch (expect.kind) {
    case "figures":
      return wrongPage(new URL(request.path, "http://bench").searchParams, answer["items"] as Item[], expect);
    case "overview":
      if ((answer["region"] as { code: number }).code !== expect.region) return "another region";
      return (answer["rows"] as unknown[]).length === expect.rows
        ? null
        : `${(answer["rows"] as unknown[]).length} rows`;
    case "indicator":
      if ((answer["region"] as { code: number }).code !== expect.region) return "another region";
      return (answer["measure"] as { code: string }).code === expect.measure ? null : "another measure";
  }
}

function wrongPage(
  query: URLSearchParams,
  items: readonly Item[],
  expect: Extract<Expectation, { kind: "figures" }>,
): string | null {
  if (items.length !== expect.items) return `${items.length} rows instead of ${expect.items}`;
  const sort = query.get("sort") ?? "-period";
  const within = query.get("within");
  const scope = within === null ? expect : subtreeOf(Number(within));
  const cursor = query.get("cursor");
  let before = cursor === null ? undefined : cursorItem(cursor);
  for (const item of items) {
    if (item.region.code < scope.scopeFrom || item.region.code >= scope.scopeTo)
      return `region ${item.region.code} lies outside`;
    if (query.has("region") && item.region.code !== Number(query.get("region"))) return "another region";
    if (query.has("measure") && item.measure !== query.get("measure")) return `measure ${item.measure}`;
    if (query.has("aspect") && item.aspect !== query.get("aspect")) return `aspect ${item.aspect}`;
    if (item.period < (query.get("from") ?? "") || item.period > (query.get("to") ?? "~"))
      return `period ${item.period}`;
    if (before !== undefined && !isAfter(before, item, sort)) return `order: ${before.id} before ${item.id}`;
    before = item;
  }
  return null;
}

function isAfter(before: { id: number; period: string; value: string }, item: Item, sort: string): boolean {
  if (before.id === item.id) return false;
  switch (sort) {
    case "period":
      return before.period <= item.period;
    case "-period":
      return before.period >= item.period;
    case "value":
      return Number(before.value) <= Number(item.value);
    case "-value":
      return Number(before.value) >= Number(item.value);
    case "id":
      return before.id < item.id;
    default:
      return before.id > item.id;
  }
}

/** A cursor is the sort key of the last row of the page before. */
function cursorItem(cursor: string): { id: number; period: string; value: string } {
  const [period, , , id, value] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as [
    string,
    number,
    number,
    number,
    string,
  ];
  return { id, period, value };
}

/** Codes of a region and what lies below it: trailing zeros by level, 2-2-2-3-3 digits. */
export function subtreeOf(region: number): { scopeFrom: number; scopeTo: number } {
  const width = [1e10, 1e8, 1e6, 1e3, 1].find((size) => region % size === 0) as number;
  return { scopeFrom: region, scopeTo: region + width };
}
