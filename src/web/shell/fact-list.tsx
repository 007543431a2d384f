/** Facts as the panel lists them: each in two or three lines, the files they came from once, below. */
import { Link } from "@tanstack/react-router";
import type { FactView } from "../../domains/indicators/contract.ts";
import type { SourceView } from "../../domains/ledger/contract.ts";
import { figureText, showFigure } from "../format/figure.ts";
import { formatPeriod } from "../format/period.ts";
import { formatInstant } from "../format/time.ts";
import { useSpeech } from "../i18n/language.tsx";
import { useMay } from "../session/session.tsx";
import { SourceBadge } from "./source-badge.tsx";

type FactListProps = { facts: readonly FactView[]; onLeave: () => void };

export function FactList({ facts, onLeave }: FactListProps) {
  const { t } = useSpeech();
  // One file may stand in the ledger as several sources, one for each county that it speaks of.
  const sources = [...new Map(facts.map(({ source }) => [fileOf(source), source])).values()];
  const numberOf = (source: SourceView) => sources.findIndex((one) => fileOf(one) === fileOf(source)) + 1;
  return (
    <>
      <ul>
        {facts.map((fact) => (
          <Fact key={fact.ref} fact={fact} source={numberOf(fact.source)} onLeave={onLeave} />
        ))}
      </ul>
      {sources.length > 0 && <h3>{t.briefing.sources}</h3>}
      <ul>
        {sources.map((source) => (
          <Source key={source.id} source={source} number={numberOf(source)} onLeave={onLeave} />
        ))}
      </ul>
    </>
  );
}

function fileOf(source: SourceView): string {
  return `${source.kind} ${source.title} ${source.sha256 ?? ""}`;
}

type FactProps = { fact: FactView; source: number; onLeave: () => void };

function Fact({ fact, source, onLeave }: FactProps) {
  const { t, lang, nameOf } = useSpeech();
  const aspect = t.aspect[fact.aspect as keyof typeof t.aspect] ?? fact.aspect;
  const value = figureText(showFigure(fact, fact.measure, lang));
  return (
    <li className="fact">
      <p className="fact-head">
        <span>
          {nameOf(fact.region)} · {nameOf(fact.measure)} · {aspect}
        </span>
        <strong>{value}</strong>
      </p>
      <p className="fact-head note">
        <span>{formatPeriod(fact.period, fact.basis, lang)}</span>
        <span>
          {t.briefing.sourceNumber(source)} <SourceBadge kind={fact.source.kind} />
        </span>
      </p>
      <dl>
        <Line label={t.source.stated} value={fact.stated === value ? null : fact.stated} />
        <Line label={t.source.place} value={fact.locator} />
        <Line label={t.source.version} value={fact.version > 1 ? t.source.versionOf(fact.version) : null} />
        <Line label={t.source.reason} value={fact.reason} />
      </dl>
      {fact.kind === "figure" && (
        <p>
          <Link to="/figures/$id" params={{ id: fact.ref.slice(1) }} onClick={onLeave}>
            {t.source.figurePage}
            <span className="fine"> {fact.ref}</span>
          </Link>
        </p>
      )}
    </li>
  );
}

type SourceProps = { source: SourceView; number: number; onLeave: () => void };

function Source({ source, number, onLeave }: SourceProps) {
  const { t } = useSpeech();
  const mayOpen = useMay("returns.read");
  return (
    <li className="fact">
      <p className="fact-head">
        <span>
          {t.briefing.sourceNumber(number)} · {source.title}
        </span>
        <SourceBadge kind={source.kind} />
      </p>
      <dl>
        <Line label={t.source.file} value={source.fileName} />
        <Line label="SHA-256" value={source.sha256} mono />
        <Line
          label={t.source.recorded}
          value={[formatInstant(source.recordedAt), source.recordedBy].filter(Boolean).join(" · ")}
        />
      </dl>
      {source.return !== null && mayOpen && (
        <p>
          <Link to="/returns/$id" params={{ id: String(source.return) }} onClick={onLeave}>
            {t.source.openReturn}
          </Link>
        </p>
      )}
    </li>
  );
}

function Line({ label, value, mono = false }: { label: string; value: string | null; mono?: boolean }) {
  if (value === null || value === "") return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd className={mono ? "mono" : undefined}>{value}</dd>
    </div>
  );
}
