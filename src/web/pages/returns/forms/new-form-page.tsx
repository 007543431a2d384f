/** A form from nothing, or from a copy of another. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { FormDefinition } from "../../../../domains/returns/contract.ts";
import { returnsApi } from "../../../api/returns.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import { usePageTitle } from "../../../shell/page-title.tsx";
import { NotFound, Trouble, Waiting } from "../../../shell/trouble.tsx";
import "../../../styles/returns.css";
import { FormEditor } from "./form-editor.tsx";

const route = getRouteApi("/returns/forms/new");

export function NewFormPage() {
  const f = useReturnFormTexts();
  const { nameOf } = useSpeech();
  const { from } = route.useSearch();
  const navigate = route.useNavigate();
  const forms = useQuery({
    queryKey: ["return-forms"],
    queryFn: ({ signal }) => returnsApi.forms(undefined, {}, signal),
  });
  const model = useQuery({
    queryKey: ["return-form", from, undefined],
    queryFn: ({ signal }) => returnsApi.form({}, { code: from ?? "" }, signal),
    enabled: from !== undefined,
  });
  usePageTitle(f.create);
  const error = forms.error ?? model.error;
  if (error !== null) return <Trouble error={error} />;
  if (forms.data === undefined || (from !== undefined && model.data === undefined))
    return <Waiting lines={12} />;
  const { owner, items } = forms.data;
  if (owner === null) return <NotFound />;
  return (
    <>
      <p className="crumbs">
        <Link to="/returns/forms">{f.title}</Link>
      </p>
      <div className="page-head">
        <h1>{f.create}</h1>
      </div>
      <p className="note page-note">
        {model.data === undefined ? f.createHint : f.copyHint(nameOf(model.data.form))}
      </p>
      {from === undefined && items.length > 0 && (
        <p className="offered">
          {f.copyFrom}
          {items.map((form) => (
            <Link key={form.code} to="/returns/forms/new" search={{ from: form.code }}>
              {nameOf(form)}
            </Link>
          ))}
        </p>
      )}
      <FormEditor
        key={from ?? ""}
        form={model.data === undefined ? blank(owner) : copyOf(model.data.form, owner)}
        basedOn={0}
        openings={[]}
        mayChange
        onSaved={({ form }) =>
          void navigate({ to: "/returns/forms/$code", params: { code: form.code }, search: {} })
        }
      />
    </>
  );
}

/** What most forms are: monthly, reviewed by the department that owns it, due on the fifth working day. */
function blank(owner: string): FormDefinition {
  return {
    code: "",
    nameZh: "",
    nameEn: "",
    owner,
    periodForm: "month",
    filers: { kinds: [], units: [] },
    review: [{ level: "county", units: [owner] }],
    due: { kind: "working-days", count: 5 },
    schedule: null,
    subjects: { kind: "region" },
    columns: [
      {
        code: "total_ytd",
        nameZh: "合计（累计）",
        nameEn: "Total, year to date",
        kind: "number",
        unit: "万元",
        decimals: 2,
        required: true,
        min: null,
        max: null,
        choices: [],
        helpZh: null,
        helpEn: null,
        compare: ["last", "lastYear"],
        posts: null,
      },
    ],
    rules: [],
  };
}

/** A copy posts nothing: a figure has one source, and that is still the form that was copied. */
function copyOf(form: FormDefinition, owner: string): FormDefinition {
  const columns = form.columns.map((column) => ({ ...column, posts: null }));
  return { ...form, code: "", nameZh: "", nameEn: "", owner, schedule: null, columns };
}
