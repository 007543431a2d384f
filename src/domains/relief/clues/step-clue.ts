/** One step of a clue: checked against the course, recorded, and refused when somebody was faster. */
import type { Tx } from "../../../platform/db/actor.ts";
import { FORBIDDEN } from "../../../platform/problem.ts";
import { addWorkingDays } from "../../../shared/working-days.ts";
import { recordAudit } from "../../audit/index.ts";
import type { ClueStepRequest } from "../contract.ts";
import { mayUse, nextQueue } from "../core/clues/clue-loop.ts";
import type { Queue, Verb, Verdict } from "../core/clues/clue-loop.ts";
import { isReasonOf } from "../core/clues/reasons.ts";
import { findVisitorFault, plainName } from "../core/clues/visitors.ts";
import { countEvidence } from "./evidence-store.ts";
import {
  CLUE_MOVED,
  CLUE_NOT_FOUND,
  EVIDENCE_MISSING,
  JUDGEMENT_REFUSED,
  VISITOR_REFUSED,
  WRONG_QUEUE,
} from "./problems.ts";
import {
  changeDueDay,
  findClue,
  findOwnName,
  insertStep,
  listMembers,
  listRecused,
  listSteps,
} from "./store.ts";
import type { ListedClue, StoredStep } from "./store.ts";
import { dayVisitBegan, visitBegan } from "./visit-began.ts";

/** Working days for the visit that an objection or 需再核 begins anew. */
const SECOND_VISIT_DAYS = 10;

/** Whoever records or signs a verdict keeps as far from the household as the visitors whom he names (回避). */
const DECIDING: ReadonlySet<Verb> = new Set<Verb>(["judge", "rejudge", "sign"]);

export type Stepping = { rights: ReadonlySet<string>; today: string };

/**
 * @throws CLUE_NOT_FOUND, FORBIDDEN, CLUE_MOVED, WRONG_QUEUE, VISITOR_REFUSED, JUDGEMENT_REFUSED, EVIDENCE_MISSING
 */
export async function stepClue(
  tx: Tx,
  id: number,
  request: ClueStepRequest,
  { rights, today }: Stepping,
): Promise<void> {
  const clue = await findClue(tx, id);
  if (clue === undefined) throw CLUE_NOT_FOUND();
  const { verb, step, ...detail } = request;
  if (!mayUse(verb, clue.queue, rights)) throw FORBIDDEN();
  if (step !== clue.step) throw CLUE_MOVED();
  const next = leadOn(clue, verb);
  await checkStep(tx, clue, request, today);
  const dueDay = beginsAnew(clue, verb, next) ? addWorkingDays(today, SECOND_VISIT_DAYS) : undefined;
  const brought = { ...detail, on: today, ...(dueDay === undefined ? {} : { dueDay }) };
  await takeStep(tx, clue, { verb, next, detail: brought });
  if (dueDay !== undefined) await changeDueDay(tx, clue.county, id, dueDay);
}

/** @throws WRONG_QUEUE */
function leadOn(clue: ListedClue, verb: Verb): Queue {
  const verdict = (clue.verdict ?? undefined) as Verdict | undefined;
  const next = nextQueue(clue.queue, verb, { verdict, isConfidential: clue.confidential });
  if (next === undefined) throw WRONG_QUEUE();
  return next;
}

/** Records the step and who took it. @throws CLUE_MOVED */
export async function takeStep(
  tx: Tx,
  clue: ListedClue,
  { verb, next, detail }: { verb: Verb; next: Queue; detail: object },
): Promise<void> {
  if (!(await insertStep(tx, { clue, step: clue.step + 1, verb, queue: next, detail }))) throw CLUE_MOVED();
  await recordAudit(tx, {
    action: `relief.${verb}Clue`,
    object: `clue:${clue.id}`,
    before: { queue: clue.queue, step: clue.step },
    after: { queue: next, step: clue.step + 1 },
  });
}

function beginsAnew(clue: ListedClue, verb: Verb, next: Queue): boolean {
  return next !== "closed" && (verb === "object" || (verb === "approve" && clue.verdict === "again"));
}

async function checkStep(tx: Tx, clue: ListedClue, request: ClueStepRequest, today: string): Promise<void> {
  if ("visitors" in request) await requireVisitors(tx, clue, request.visitors);
  const own = DECIDING.has(request.verb) ? await findOwnName(tx) : undefined;
  if (own !== undefined) await requireVisitors(tx, clue, [own]);
  if (request.verb !== "judge" && request.verb !== "rejudge") return;
  const steps = await listSteps(tx, clue.county, clue.id);
  requireJudgement(request, dayVisitBegan(steps), today);
  if (request.verb === "rejudge") requireOthers(steps, request.visitors);
  const { photo, signature } = await countEvidence(tx, clue, visitBegan(steps));
  if (photo > 0 && signature > 0) return;
  const [zh, en] =
    photo === 0
      ? ["本次入户有时间和地点的照片", "a photograph with time and place"]
      : ["户主或成员的签名", "a signature"];
  throw EVIDENCE_MISSING({ detail: { zh: `还缺${zh}`, en: `What is missing is ${en} of this visit` } });
}

/** @throws VISITOR_REFUSED saying who and why */
async function requireVisitors(tx: Tx, clue: ListedClue, visitors: readonly string[]): Promise<void> {
  const members = await listMembers(tx, clue.county, clue.household);
  const recused = await listRecused(tx, clue.county, clue.household);
  const fault = findVisitorFault(
    visitors,
    members.map(({ name }) => name),
    recused,
  );
  if (fault === undefined) return;
  const why = {
    "same-twice": ["核实须由两人进行", "a visit takes two people"],
    member: [`${fault.name}是该户成员`, `${fault.name} is a member of this household`],
    relative: [`${fault.name}是该户亲属`, `${fault.name} is a relative of this household`],
  }[fault.kind] as [string, string];
  throw VISITOR_REFUSED({ detail: { zh: `${why[0]}，请换人`, en: `${why[1]}; send somebody else` } });
}

/** @throws VISITOR_REFUSED when one of those who judged first would judge again */
function requireOthers(steps: readonly StoredStep[], visitors: readonly string[]): void {
  const first = steps.findLast(({ verb }) => verb === "judge");
  const earlier = ((first?.detail["visitors"] ?? []) as string[]).map(plainName);
  const again = visitors.find((name) => earlier.includes(plainName(name)));
  if (again === undefined) return;
  throw VISITOR_REFUSED({
    detail: {
      zh: `${again}参加过第一次入户，抽查复核须由其他人进行`,
      en: `${again} was there at the first visit; the second look is for others`,
    },
  });
}

type Judging = Extract<ClueStepRequest, { verb: "judge" | "rejudge" }>;

/** @throws JUDGEMENT_REFUSED naming the field */
function requireJudgement({ verdict, reason, visitedOn }: Judging, visitFrom: string, today: string): void {
  if (!isReasonOf(verdict, reason))
    throw JUDGEMENT_REFUSED({
      places: [
        {
          code: "REASON",
          field: "reason",
          zh: "原因与结论不符，请从该结论的原因中选择",
          en: "The reason is not one of this verdict's: choose one of them",
        },
      ],
    });
  if (visitedOn > today)
    throw JUDGEMENT_REFUSED({
      places: [
        {
          code: "VISITED_ON",
          field: "visitedOn",
          zh: "入户日期不能晚于今天",
          en: "The day of the visit cannot lie ahead",
        },
      ],
    });
  if (visitedOn < visitFrom)
    throw JUDGEMENT_REFUSED({
      places: [
        {
          code: "VISITED_ON",
          field: "visitedOn",
          zh: `入户日期不能早于本次安排入户的日期 ${visitFrom}`,
          en: `The visit cannot lie before ${visitFrom}, the day on which it was ordered`,
        },
      ],
    });
}
