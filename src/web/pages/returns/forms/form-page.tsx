/** One form: its periods, its columns and rules, its versions; changed by the department that owns it. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import type { FormView } from "../../../../domains/returns/contract.ts";
import { isMissing } from "../../../api/problem.ts";
import { returnsApi } from "../../../api/returns.ts";
import { formatInstant } from "../../../format/time.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { usePageTitle } from "../../../shell/page-title.tsx";
import { NotFound, Trouble, Waiting } from "../../../shell/trouble.tsx";
import "../../../styles/returns.css";
import { FormEditor } from "./form-editor.tsx";
import { FormFacts } from "./form-facts.tsx";
import { OpeningSection } from "./opening-section.tsx";

const route = getRouteApi("/returns/forms/$code");

export function FormPage() {
  const { code } = route.useParams();
  const { version } = route.useSearch();
  const f = useReturnFormTexts();
  const view = useQuery({
    queryKey: ["return-form", code, version],
    queryFn: ({ signal }) =>
      returnsApi.form(version === undefined ? {} : { version: Number(version) }, { code }, signal),
  });
  usePageTitle(f.title);
  if (isMissing(view.error)) return <NotFound />;
  if (view.error !== null) return <Trouble error={view.error} again={() => void view.refetch()} />;
  if (view.data === undefined) return <Waiting lines={12} />;
  return <Form key={`${code} ${view.data.version}`} view={view.data} />;
}

function Form({ view }: { view: FormView }) {
  const { nameOf } = useSpeech();
  const f = useReturnFormTexts();
  const r = useReturnTexts();
  const [said, setSaid] = useState<string>();
  const newest = view.versions[0]?.version ?? view.version;
  const isOld = view.version < newest;
  return (
    <>
      <p className="crumbs">
        <Link to="/returns/forms">{f.title}</Link>
      </p>
      <div className="page-head">
        <h1>
          {nameOf(view.form)} <span className="of-region">{r.versionOf(view.version)}</span>
        </h1>
        {view.mayDesign && (
          <Link to="/returns/forms/new" search={{ from: view.form.code }}>
            {f.copy}
          </Link>
        )}
      </div>
      {isOld && (
        <p className="message">
          {f.oldVersion(view.version)}{" "}
          <Link to="/returns/forms/$code" params={{ code: view.form.code }} search={{}}>
            {f.toNewest}
          </Link>
        </p>
      )}
      {!view.mayDesign && <p className="note page-note">{f.readOnly}</p>}
      {said !== undefined && (
        <p className="message good" role="status">
          {said}
        </p>
      )}
      <FormFacts form={view.form} />
      <OpeningSection view={view} />
      <FormEditor
        form={view.form}
        basedOn={view.version}
        openings={view.openings}
        mayChange={view.mayDesign && !isOld}
        onSaved={({ version }) => setSaid(f.save.done(version))}
      />
      <Versions view={view} />
    </>
  );
}

function Versions({ view }: { view: FormView }) {
  const f = useReturnFormTexts();
  const r = useReturnTexts();
  return (
    <section className="section" aria-labelledby="versions">
      <header>
        <h2 id="versions">{f.versions}</h2>
      </header>
      <ul>
        {view.versions.map((one, at) => (
          <li key={one.version}>
            <Link
              to="/returns/forms/$code"
              params={{ code: view.form.code }}
              search={at === 0 ? {} : { version: String(one.version) }}
            >
              {r.versionOf(one.version)}
            </Link>{" "}
            <span className="fine">
              {at === 0 && `${f.current} · `}
              {one.recordedBy} {formatInstant(one.recordedAt)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
