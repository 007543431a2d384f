/** Beside the news: forms of this unit of which a period could not be opened. It stays until that is mended. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { returnsApi } from "../../../api/returns.ts";
import { formatPeriod } from "../../../format/period.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { useMay } from "../../../session/session.tsx";
import { ShapeMark } from "../../../shell/status-mark.tsx";

export function BlockedForms() {
  const { lang, nameOf, say } = useSpeech();
  const r = useReturnTexts();
  const forms = useQuery({
    queryKey: ["return-forms"],
    queryFn: ({ signal }) => returnsApi.forms(undefined, {}, signal),
    enabled: useMay("returns.design"),
  });
  const blocked = forms.data?.items.filter((form) => form.blocked.length > 0) ?? [];
  if (blocked.length === 0) return null;
  return (
    <section className="inbox" aria-labelledby="blocked">
      <h2 id="blocked">
        {r.blocked.title} <span className="count">{blocked.length}</span>
      </h2>
      <ul>
        {blocked.map((form) => (
          <li key={form.code}>
            <ShapeMark shape="severe">
              {form.blocked.map(({ period }) => formatPeriod(period, "month", lang)).join(r.blocked.listed)}
            </ShapeMark>
            <Link to="/returns/forms/$code" params={{ code: form.code }} search={{}}>
              {nameOf(form)}
            </Link>
            <span className="fine">{[...new Set(form.blocked.map(say))].join(" ")}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
