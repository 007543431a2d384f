/** Public notices (公示): what is posted, objected to, and takes effect on the registry when the days are over. */
import type { Tx } from "../../../platform/db/actor.ts";
import { countyOf, levelOf, subtree } from "../../../shared/region-code.ts";
import { addDays } from "../../../shared/working-days.ts";
import { recordAudit } from "../../audit/index.ts";
import { listRegionsByCode } from "../../org/index.ts";
import type { NoticeView, PostNoticeRequest } from "../contract.ts";
import { scopedRegion } from "../../ledger/index.ts";
import { applyVerdict } from "./apply-verdict.ts";
import { insertNotice, findNoticeByKey, listNotices } from "./notice-store.ts";
import type { StoredNotice } from "./notice-store.ts";
import {
  NOTHING_TO_POST,
  NOTICE_DATES,
  NOTICE_NOT_FOUND,
  NOTICE_OF_ONE_COUNTY,
  NOTICE_RUNNING,
} from "./problems.ts";
import { takeStep } from "./step-clue.ts";
import { listClues } from "./store.ts";

/** Calendar days that a notice stays up (handbook, section 5). */
const LEAST_DAYS = 7;
const ALL = { offset: 0, limit: 20_000 };

export async function readNotices(tx: Tx, today: string): Promise<NoticeView[]> {
  return toViews(tx, await listNotices(tx), today);
}

/** @throws NOTICE_NOT_FOUND */
export async function readNotice(tx: Tx, id: number, today: string): Promise<NoticeView> {
  const [view] = await toViews(tx, [await findNotice(tx, id)], today);
  return view as NoticeView;
}

/** @throws NOTICE_NOT_FOUND */
async function findNotice(tx: Tx, id: number): Promise<StoredNotice> {
  const [notice] = await listNotices(tx, id);
  if (notice === undefined) throw NOTICE_NOT_FOUND();
  return notice;
}

async function toViews(tx: Tx, notices: readonly StoredNotice[], today: string): Promise<NoticeView[]> {
  const regions = await listRegionsByCode(
    tx,
    notices.map(({ region }) => region),
  );
  return notices.map(({ county: _, region, ...notice }) => ({
    ...notice,
    region: regions.find(({ code }) => code === region) ?? {
      code: region,
      level: levelOf(region),
      nameZh: String(region),
      nameEn: null,
    },
    isOver: today > notice.endsOn,
  }));
}

/**
 * Puts all clues of a region that wait for it on one notice.
 * @returns the notice; the same when the same key is sent again
 * @throws NOTICE_OF_ONE_COUNTY, NOTICE_DATES, NOTHING_TO_POST, OUT_OF_SCOPE
 */
export async function postNotice(tx: Tx, posting: PostNoticeRequest, today: string): Promise<number> {
  const region = scopedRegion(tx.actor, posting.within);
  // Its clues are found again through its county.
  const county = countyOf(region);
  if (["province", "prefecture"].includes(levelOf(region))) throw NOTICE_OF_ONE_COUNTY();
  const earlier = await findNoticeByKey(tx, county, posting.key);
  if (earlier !== undefined) return earlier;
  requireDays(posting, today);
  const clues = await listClues(tx, { ...subtree(region), queue: "publish" }, ALL);
  if (clues.length === 0) throw NOTHING_TO_POST();
  const { title, postedOn, endsOn, contact, key } = posting;
  const id = await insertNotice(tx, { county, region, title, postedOn, endsOn, contact, key });
  if (id === undefined) return (await findNoticeByKey(tx, county, key)) as number;
  for (const clue of clues)
    await takeStep(tx, clue, { verb: "post", next: "notice", detail: { notice: id, postedOn, endsOn } });
  await recordAudit(tx, {
    action: "relief.postNotice",
    object: `notice:${id}`,
    after: { title, postedOn, endsOn, clues: clues.length },
  });
  return id;
}

/** The day of posting does not count. */
function requireDays({ postedOn, endsOn }: PostNoticeRequest, today: string): void {
  const earliest = addDays(postedOn, LEAST_DAYS);
  const place =
    postedOn < today
      ? { field: "postedOn", zh: "张贴日期不能早于今天", en: "The day of posting cannot lie behind" }
      : endsOn < earliest
        ? {
            field: "endsOn",
            zh: `公示不少于${LEAST_DAYS}日，最早到${earliest}`,
            en: `A notice stays up ${LEAST_DAYS} days at least: until ${earliest}`,
          }
        : undefined;
  if (place !== undefined) throw NOTICE_DATES({ places: [{ code: "NOTICE_DATES", ...place }] });
}

/**
 * Closes the clues that nobody objected to and changes the registry, all of a notice in one transaction.
 * @throws NOTICE_NOT_FOUND, NOTICE_RUNNING, CLUE_MOVED
 */
export async function takeNoticeEffect(
  tx: Tx,
  id: number,
  today: string,
): Promise<{ closed: number; changed: number }> {
  const notice = await findNotice(tx, id);
  if (today <= notice.endsOn)
    throw NOTICE_RUNNING({
      detail: {
        zh: `公示到${notice.endsOn}为止，次日起可以生效`,
        en: `The notice stays up until ${notice.endsOn}; it can take effect from the day after`,
      },
    });
  const { regionFrom: from, regionTo: to } = tx.actor;
  const clues = await listClues(tx, { from, to, notice: id, queue: "notice" }, ALL);
  let changed = 0;
  // Household by household: two notices that share some wait for each other in one order.
  for (const clue of clues.toSorted((a, b) => a.household - b.household || a.id - b.id)) {
    changed += await applyVerdict(tx, clue, today);
    await takeStep(tx, clue, { verb: "takeEffect", next: "closed", detail: { notice: id } });
  }
  await recordAudit(tx, {
    action: "relief.takeEffect",
    object: `notice:${id}`,
    after: { closed: clues.length, changed },
  });
  return { closed: clues.length, changed };
}
