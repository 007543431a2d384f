/** Errors of the API as RFC 9457 problem details, in both languages. */

export type Place = { line?: number; column?: string; field?: string; code: string; zh: string; en: string };
export type Bilingual = { zh: string; en: string };

export type Problem = {
  status: number;
  code: string;
  titles: Bilingual;
  details?: Bilingual;
  /** where in the input, when the input is to blame */
  problems?: Place[];
  /** to be found in the server log */
  request?: string;
};

/** A request that was refused or did not arrive; status 0 when there was no answer at all. */
export class RequestFailed extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.titles.en}`);
    this.name = "RequestFailed";
    this.problem = problem;
  }
}

export const noAnswer: Problem = {
  status: 0,
  code: "NO_ANSWER",
  titles: { zh: "连不上服务器", en: "The server does not answer" },
  details: {
    zh: "请检查网络，或稍后再试；已提交的内容若未见成功提示，可以放心重试。",
    en: "Check the network or try again later; anything you submitted without a confirmation can safely be sent again.",
  },
};

export function isFailure(error: unknown, code: string): boolean {
  return error instanceof RequestFailed && error.problem.code === code;
}

/** Whether there is nothing under that address, or nothing for this post. */
export function isMissing(error: unknown): boolean {
  return error instanceof RequestFailed && error.problem.status === 404;
}

/** What to tell of an error; a fault of the page itself is told as such, never as the server's. */
export function problemOf(error: unknown): Problem {
  if (error instanceof RequestFailed) return error.problem;
  const message = error instanceof Error ? error.message : String(error);
  return {
    status: -1,
    code: "PAGE_FAULT",
    titles: { zh: "页面出错", en: "The page failed" },
    details: { zh: message, en: message },
  };
}

/** The problem of an answer that is not a success. A proxy's HTML error page becomes a problem by its status. */
export async function readProblem(response: Response): Promise<Problem> {
  const fallback: Problem = {
    status: response.status,
    code: `HTTP_${response.status}`,
    titles: { zh: `请求未成功（${response.status}）`, en: `The request failed (${response.status})` },
  };
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body !== "object" || body === null) return fallback;
  const given = body as Partial<Problem> & { title?: string; detail?: string };
  // Our own problems repeat the English title as their detail when there is nothing more to say.
  const isOurs = given.titles !== undefined;
  return {
    status: response.status,
    code: given.code ?? fallback.code,
    titles: given.titles ?? (given.title === undefined ? fallback.titles : sameInBoth(given.title)),
    details: given.details ?? (isOurs || given.detail === undefined ? undefined : sameInBoth(given.detail)),
    problems: given.problems,
    request: given.request,
  };
}

const sameInBoth = (text: string): Bilingual => ({ zh: text, en: text });
