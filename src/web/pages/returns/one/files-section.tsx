import type { ReturnView } from "../../../../domains/returns/contract.ts";
import { returnDownloads } from "../../../api/returns.ts";
import { formatInstant } from "../../../format/time.ts";
import { useReturnTexts } from "../../../i18n/returns.ts";

const shownOfHash = 12;

/** The workbooks that were brought, each with its checksum: what a number rests on. */
export function FilesSection({ view }: { view: ReturnView }) {
  const r = useReturnTexts();
  if (view.files.length === 0) return null;
  const { id } = view.brief;
  return (
    <section className="section" aria-labelledby="files">
      <header>
        <h2 id="files">{r.workbook.files}</h2>
      </header>
      <table className="table list files-table">
        <thead>
          <tr>
            <th scope="col">{r.workbook.file}</th>
            <th scope="col">{r.workbook.result}</th>
            <th scope="col">{r.workbook.sha}</th>
            <th scope="col">{r.workbook.by}</th>
            <th scope="col">
              <span className="unseen">{r.workbook.original}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {view.files.map((file) => (
            <tr key={file.id}>
              <th scope="row">
                {file.name} <span className="fine">{r.versionOf(file.version)}</span>
              </th>
              <td data-label={r.workbook.result}>
                {file.isEntered ? r.workbook.isEntered : r.workbook.isRefused}
                {file.problems > 0 && ` · ${r.workbook.problems(file.problems)}`}
              </td>
              <td data-label={r.workbook.sha} className="mono" title={file.sha256}>
                {file.sha256.slice(0, shownOfHash)}…
              </td>
              <td data-label={r.workbook.by}>
                {file.by} <span className="fine">{formatInstant(file.at)}</span>
              </td>
              <td>
                <a href={returnDownloads.original(id, file.id)} download>
                  {r.workbook.original}
                </a>
                {file.problems > 0 && (
                  <a href={returnDownloads.marked(id, file.id)} download className="marked">
                    {r.workbook.marked}
                  </a>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
