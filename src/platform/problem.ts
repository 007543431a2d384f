/**
 * Errors that are told to people: one factory, one shape (RFC 9457), both languages.
 * A domain declares its problems beside its actions: `export const FIGURE_NOT_FOUND = defineProblem(…)`.
 */

export type Bilingual = { zh: string; en: string };

/** One thing wrong with one place of what was sent. */
export type PlaceProblem = {
  code: string;
  zh: string;
  en: string;
  line?: number;
  column?: string;
  field?: string;
};

export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly title: Bilingual;
  readonly detail: Bilingual | undefined;
  readonly places: readonly PlaceProblem[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: string, status: number, title: Bilingual, extra: ProblemExtra = {}) {
    super(`${code}: ${extra.detail?.en ?? title.en}`);
    this.name = "Problem";
    this.code = code;
    this.status = status;
    this.title = title;
    this.detail = extra.detail;
    this.places = extra.places ?? [];
    this.headers = extra.headers ?? {};
  }
}

export type ProblemExtra = {
  detail?: Bilingual;
  places?: readonly PlaceProblem[];
  headers?: Record<string, string>;
};

export type ProblemFactory = (extra?: ProblemExtra) => Problem;

/** Declares a problem; call the result to make one: `throw FIGURE_NOT_FOUND({ detail })`. */
export function defineProblem(code: string, status: number, zh: string, en: string): ProblemFactory {
  return (extra) => new Problem(code, status, { zh, en }, extra);
}

export const NOT_FOUND = defineProblem("NOT_FOUND", 404, "没有这一页或这项内容", "There is nothing here");
export const FORBIDDEN = defineProblem(
  "FORBIDDEN",
  403,
  "当前岗位无权这样做",
  "The acting post may not do this",
);
export const OUT_OF_SCOPE = defineProblem(
  "OUT_OF_SCOPE",
  403,
  "超出当前岗位的管辖范围",
  "Outside the scope of the acting post",
);
export const UNAUTHENTICATED = defineProblem("UNAUTHENTICATED", 401, "请先登录", "Sign in first");
export const INVALID_REQUEST = defineProblem(
  "INVALID_REQUEST",
  400,
  "请求内容不合要求",
  "The request is not as it should be",
);
export const TOO_LARGE = defineProblem("TOO_LARGE", 413, "内容太大", "Too large");
export const NOT_READY = defineProblem(
  "NOT_READY",
  503,
  "系统正在启动或恢复，请稍后再试",
  "Starting or recovering; try again shortly",
);
export const CONFLICT = defineProblem(
  "CONFLICT",
  409,
  "与已有内容冲突",
  "In conflict with what is already there",
);
