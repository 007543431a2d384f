/** 报表制度: the forms, their versions, who owns them. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { returnsApi } from "../../../api/returns.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import { usePageTitle } from "../../../shell/page-title.tsx";
import { Empty, Trouble, Waiting } from "../../../shell/trouble.tsx";
import "../../../styles/returns.css";
import { useUnitName } from "./unit-names.tsx";

export function FormsPage() {
  const f = useReturnFormTexts();
  const forms = useQuery({
    queryKey: ["return-forms"],
    queryFn: ({ signal }) => returnsApi.forms(undefined, {}, signal),
  });
  usePageTitle(f.title);
  return (
    <>
      <div className="page-head">
        <h1>{f.title}</h1>
        {typeof forms.data?.owner === "string" && <Link to="/returns/forms/new">{f.create}</Link>}
      </div>
      <p className="note page-note">{f.hint}</p>
      {forms.error !== null && <Trouble error={forms.error} again={() => void forms.refetch()} />}
      {forms.isPending && <Waiting lines={6} />}
      {forms.data?.items.length === 0 && <Empty title={f.empty} next={f.emptyNext} />}
      {forms.data !== undefined && forms.data.items.length > 0 && <FormTable forms={forms.data.items} />}
    </>
  );
}

type Forms = Awaited<ReturnType<typeof returnsApi.forms>>["items"];

function FormTable({ forms }: { forms: Forms }) {
  const { nameOf } = useSpeech();
  const f = useReturnFormTexts();
  const unitName = useUnitName();
  return (
    <table className="table list blocks form-table">
      <caption className="unseen">{f.title}</caption>
      <thead>
        <tr>
          <th scope="col">{f.form}</th>
          <th scope="col">{f.periodForm}</th>
          <th scope="col">{f.owner}</th>
          <th scope="col" className="r">
            {f.version}
          </th>
          <th scope="col" className="r">
            {f.columns}
          </th>
          <th scope="col" className="r">
            {f.rules}
          </th>
          <th scope="col">
            <span className="unseen">{f.mayDesign}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {forms.map((form) => (
          <tr key={form.code}>
            <th scope="row" className="whole">
              <Link to="/returns/forms/$code" params={{ code: form.code }}>
                {nameOf(form)}
              </Link>
            </th>
            <td data-label={f.periodForm}>{f.periodForms[form.periodForm]}</td>
            <td data-label={f.owner}>{unitName(form.owner)}</td>
            <td className="r" data-label={f.version}>
              {form.version}
            </td>
            <td className="r" data-label={f.columns}>
              {form.columns}
            </td>
            <td className="r" data-label={f.rules}>
              {form.rules}
            </td>
            <td className="fine">{form.mayDesign && f.mayDesign}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
