/** Public notices, and how they take effect. */
import { z } from "zod";
import { RegionBrief } from "../../auth/contract.ts";
import { Day, ProgressKey, RecordedDay, typed } from "./words.ts";

export const NoticeView = z.object({
  id: z.number().int(),
  region: RegionBrief,
  title: z.string(),
  postedOn: Day,
  endsOn: Day,
  contact: z.string(),
  clues: z.number().int(),
  /** still in the queue of this notice, objected to, closed */
  waiting: z.number().int(),
  objected: z.number().int(),
  closed: z.number().int(),
  /** the days are over, and takeEffect may be used */
  isOver: z.boolean(),
});
export type NoticeView = z.infer<typeof NoticeView>;
export const NoticeList = z.object({ items: z.array(NoticeView) });
export const PostNoticeRequest = z.object({
  title: typed(2, 100),
  within: z.number().int(),
  postedOn: RecordedDay,
  endsOn: RecordedDay,
  /** of the office, as it hangs on the wall: its telephone stays */
  contact: z.string().trim().min(2).max(200),
  key: ProgressKey,
});
export type PostNoticeRequest = z.infer<typeof PostNoticeRequest>;
export const EffectView = z.object({ closed: z.number().int(), changed: z.number().int() });
