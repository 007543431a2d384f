/** 回头看: registers to compare the registry with, runs, and how often each rule was right so far. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { usePageTitle } from "../../../shell/page-title.tsx";
import { Trouble, Waiting } from "../../../shell/trouble.tsx";
import { BeginRun } from "./begin-run.tsx";
import { PrecisionSection } from "./precision-section.tsx";
import { RegisterSection } from "./register-section.tsx";
import { RunTable } from "./run-table.tsx";

export function LookbackPage() {
  const { t } = useSpeech();
  usePageTitle(t.lookback.title);
  const registers = useQuery({
    queryKey: ["registers"],
    queryFn: ({ signal }) => api.registers(undefined, {}, signal),
  });
  const runs = useQuery({ queryKey: ["runs"], queryFn: ({ signal }) => api.runs(undefined, {}, signal) });
  const error = registers.error ?? runs.error;
  const again = () => {
    void registers.refetch();
    void runs.refetch();
  };
  return (
    <>
      <div className="page-head">
        <h1>{t.lookback.title}</h1>
        <p className="actions">
          <Link to="/lookback/rules">{t.lookback.rules}</Link>
          <Link to="/clues" search={{}}>
            {t.clues.title}
          </Link>
        </p>
      </div>
      <p className="note page-note">{t.lookback.hint}</p>
      {error !== null && <Trouble error={error} again={again} />}
      {registers.data === undefined || runs.data === undefined ? (
        error === null && <Waiting lines={12} />
      ) : (
        <>
          <RunTable runs={runs.data.items} />
          <BeginRun registers={registers.data.items} />
          <RegisterSection registers={registers.data.items} />
          <PrecisionSection />
        </>
      )}
    </>
  );
}
