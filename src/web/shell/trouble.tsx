/** What a page shows instead of its content: an error with the way out, nothing yet, or a moment's patience. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { problemOf } from "../api/problem.ts";
import { useSpeech } from "../i18n/language.tsx";

type TroubleProps = { error: unknown; again?: () => void };

/** A refusal or a fault, in the reader's language, with its code and the request to quote. */
export function Trouble({ error, again }: TroubleProps) {
  const { t, say } = useSpeech();
  const problem = problemOf(error);
  return (
    <div className="message bad" role="alert">
      <p className="title">{say(problem.titles)}</p>
      {problem.details !== undefined && <p>{say(problem.details)}</p>}
      {problem.problems !== undefined && problem.problems.length > 0 && (
        <ul className="problem-list">
          {problem.problems.map((place) => (
            <li key={`${place.line} ${place.column} ${place.field} ${place.code} ${place.zh}`}>
              {[t.trouble.where(place.line, place.column), say(place)].filter(Boolean).join("：")}
            </li>
          ))}
        </ul>
      )}
      <p className="fine">
        {problem.code}
        {problem.request !== undefined && ` · ${t.trouble.request(problem.request)}`}
      </p>
      {again !== undefined && (
        <p>
          <button type="button" className="text-button" onClick={again}>
            {t.trouble.again}
          </button>
        </p>
      )}
    </div>
  );
}

/** Nothing here, and what to do next. */
export function Empty({ title, next, children }: { title: string; next?: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="title">{title}</p>
      {next !== undefined && <p className="note">{next}</p>}
      {children}
    </div>
  );
}

/** Holds the place of what is coming, so that nothing jumps when it arrives. */
export function Waiting({ lines = 8 }: { lines?: number }) {
  const { t } = useSpeech();
  return (
    <div className="waiting" aria-busy="true">
      <span className="unseen" role="status">
        {t.app.loading}
      </span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="waiting-line" aria-hidden="true" />
      ))}
    </div>
  );
}

export function NotFound() {
  const { t } = useSpeech();
  return (
    <Empty title={t.trouble.notFoundTitle} next={t.trouble.notFoundHint}>
      <p>
        <Link to="/">{t.trouble.home}</Link>
      </p>
    </Empty>
  );
}

export function Forbidden() {
  const { t } = useSpeech();
  return <Empty title={t.trouble.forbiddenTitle} next={t.trouble.forbiddenHint} />;
}
