/** One block of the document: heading, paragraph, table or chart. */
import type { BriefingView } from "../../../domains/dispatch/contract.ts";
import { Canvas } from "../../charts/large-chart.tsx";
import { useSpeech } from "../../i18n/language.tsx";
import { Traced } from "../../shell/traced-number.tsx";

type Block = BriefingView["blocks"][number];
type Run = Extract<Block, { kind: "paragraph" }>["runs"][number];

export function BriefingBlock({ block }: { block: Block }) {
  if (block.kind === "heading") return <Heading level={block.level} text={block.text} />;
  if (block.kind === "paragraph") {
    return (
      <p className="official-body">
        <Runs runs={block.runs} />
      </p>
    );
  }
  if (block.kind === "table") return <Table block={block} />;
  return <Chart block={block} />;
}

/** The title of the document is a heading of the second rank on the page; its own headings follow below. */
function Heading({ level, text }: { level: number; text: string }) {
  const className = `official-heading official-heading-${level}`;
  if (level === 1) return <h3 className={className}>{text}</h3>;
  return level === 2 ? <h4 className={className}>{text}</h4> : <h5 className={className}>{text}</h5>;
}

function Runs({ runs }: { runs: readonly Run[] }) {
  const { say } = useSpeech();
  return runs.map((run, index) => {
    if (run.refs !== undefined && run.refs.length > 0) {
      const hint = [run.how === undefined ? "" : say(run.how), run.refs.slice(0, 6).join("、")]
        .filter(Boolean)
        .join("\n");
      return (
        <Traced
          key={index}
          inline
          refs={run.refs}
          title={run.text}
          text={run.text}
          how={run.how}
          hint={hint}
          className="official-figure"
        >
          {run.text}
        </Traced>
      );
    }
    return run.strong === true ? (
      <strong key={index}>{run.text}</strong>
    ) : (
      <span key={index}>{run.text}</span>
    );
  });
}

function Table({ block }: { block: Extract<Block, { kind: "table" }> }) {
  return (
    <div className="table-wrap" tabIndex={0} role="region" aria-label={block.caption}>
      <table className="official-table">
        <caption>{block.caption}</caption>
        <thead>
          <tr>
            {block.head.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, index) => (
            <tr key={index}>
              {row.map((runs, at) => {
                const cell = <Runs runs={runs} />;
                return at === 0 ? (
                  <th key={at} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={at}>{cell}</td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {block.note !== undefined && <p className="official-note">{block.note}</p>}
    </div>
  );
}

function Chart({ block }: { block: Extract<Block, { kind: "chart" }> }) {
  const { t } = useSpeech();
  return (
    <figure className="official-chart">
      <Canvas option={block.option} height={300} label={block.alt} />
      <figcaption>
        <Traced refs={block.refs} title={block.caption} text={t.source.facts(block.refs.length)}>
          {block.caption}
        </Traced>
      </figcaption>
    </figure>
  );
}
