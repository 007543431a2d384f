/** 户: who belongs to it, why it is poor, what it lives on, what was done for it, and what happened to it in the registry. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import type { HouseholdView, UnmaskedView } from "../../../../domains/relief/contract.ts";
import { isMissing } from "../../../api/problem.ts";
import { api } from "../../../api/routes.ts";
import { formatInstant } from "../../../format/time.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useMay } from "../../../session/session.tsx";
import { usePageTitle } from "../../../shell/page-title.tsx";
import { SourceBadge } from "../../../shell/source-badge.tsx";
import { NotFound, Trouble, Waiting } from "../../../shell/trouble.tsx";
import { causeName, speechClassNames } from "../cause-name.ts";
import { ExitForm } from "./exit-form.tsx";
import { formFields } from "./form-fields.ts";
import { HistorySection } from "./history-section.tsx";
import { IncomeSection } from "./income-section.tsx";
import { MeasureSection } from "./measure-section.tsx";
import { MemberSection } from "./member-section.tsx";
import { RecusalSection } from "./recusal-section.tsx";
import { RegistryMark } from "../registry-mark.tsx";
import { UnmaskDialog } from "./unmask-dialog.tsx";

const route = getRouteApi("/relief/households/$id");

export function HouseholdPage() {
  const { id } = route.useParams();
  const { t } = useSpeech();
  const isId = /^[1-9]\d{0,15}$/.test(id);
  const household = useQuery({
    queryKey: ["household", Number(id)],
    queryFn: ({ signal }) => api.household(undefined, { id }, signal),
    enabled: isId,
  });
  usePageTitle(t.relief.householdTitle);
  if (!isId || isMissing(household.error)) return <NotFound />;
  if (household.error !== null)
    return <Trouble error={household.error} again={() => void household.refetch()} />;
  if (household.data === undefined) return <Waiting lines={14} />;
  return <Household key={id} household={household.data} />;
}

function Household({ household }: { household: HouseholdView }) {
  const { t, nameOf } = useSpeech();
  const mayWrite = useMay("registry.write");
  // Full numbers live in this component only: leaving the page forgets them.
  const [full, setFull] = useState<UnmaskedView>();
  const head = household.members.find((member) => member.relation === "户主" && member.toDay === null);
  return (
    <>
      <p className="crumbs">
        <Link to="/relief">{t.relief.title}</Link>
        {household.above.toReversed().map((region) => (
          <span key={region.code}> › {nameOf(region)}</span>
        ))}
        {" › "}
        <Link to="/relief" search={{ within: household.region.code }}>
          {nameOf(household.region)}
        </Link>
      </p>
      <div className="page-head">
        <h1>
          {head?.name ?? household.number}{" "}
          <span className="of-region">{t.relief.householdOf(household.number)}</span>
        </h1>
        <RegistryMark status={household.status} />
        <button type="button" className="text-button no-print" onClick={() => print()}>
          {t.briefing.print}
        </button>
      </div>
      <p className="note">
        <SourceBadge kind={household.origin.origin} />{" "}
        {t.relief.newest(household.origin.title, formatInstant(household.origin.recordedAt))}
      </p>
      <div className="two-columns household-head">
        <Contact household={household} full={full} onFull={setFull} />
        <CauseSection causes={household.causes} />
      </div>
      <MemberSection members={household.members} full={full} />
      <IncomeSection household={household} />
      <MeasureSection household={household} />
      <HistorySection household={household} />
      <RecusalSection household={household} />
      {mayWrite && <ExitForm household={household} />}
    </>
  );
}

type ContactProps = {
  household: HouseholdView;
  full: UnmaskedView | undefined;
  onFull: (full: UnmaskedView | undefined) => void;
};

function Contact({ household, full, onFull }: ContactProps) {
  const { t, lang } = useSpeech();
  const mayUnmask = useMay("registry.unmask");
  const [isAsking, setAsking] = useState(false);
  const lines: [string, string | null][] = [
    [t.relief.phone, full === undefined ? household.phoneMask : full.phone],
    [t.relief.account, full === undefined ? household.accountMask : full.account],
    ...formFields(household.form, lang),
  ];
  return (
    <section className="section" aria-labelledby="contact">
      <header>
        <h2 id="contact">{t.relief.details}</h2>
        {mayUnmask && full === undefined && (
          <button type="button" className="text-button no-print" onClick={() => setAsking(true)}>
            {t.relief.showFull}
          </button>
        )}
        {full !== undefined && (
          <button type="button" className="text-button no-print" onClick={() => onFull(undefined)}>
            {t.relief.mask}
          </button>
        )}
      </header>
      <dl className="facts-list">
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value ?? <span className="fine">{t.app.none}</span>}</dd>
          </div>
        ))}
      </dl>
      {full !== undefined && (
        <p className="fine" role="status">
          {t.relief.shownInFull}
        </p>
      )}
      {isAsking && (
        <UnmaskDialog
          household={household.id}
          onCancel={() => setAsking(false)}
          onFull={(shown) => {
            setAsking(false);
            onFull(shown);
          }}
        />
      )}
    </section>
  );
}

function CauseSection({ causes }: { causes: HouseholdView["causes"] }) {
  const { t, lang } = useSpeech();
  const ordered = causes.toSorted((a, b) => Number(b.isMain) - Number(a.isMain));
  return (
    <section className="section" aria-labelledby="causes">
      <header>
        <h2 id="causes">{t.relief.causes}</h2>
      </header>
      {ordered.length === 0 && <p className="note">{t.relief.noCauses}</p>}
      <ul className="cause-list">
        {ordered.map(({ cause, isMain }) => (
          <li key={cause}>
            <span className={isMain ? "main" : undefined}>{causeName(cause, lang)}</span>
            {isMain && <span className="badge">{t.relief.mainCause}</span>}
            <span className="fine">{speechClassNames(cause, lang).map(t.relief.speechClass).join(" ")}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
