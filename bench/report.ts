/** What was measured, printed as a table and kept for JSON. */
import { writeFile } from "node:fs/promises";
import { loadavg } from "node:os";

export type Finding = {
  part: string;
  what: string;
  value: number;
  unit: string;
  /** the limit from the requirements; `most` is met at or below, `least` at or above */
  aim?: { most: number } | { least: number };
  /** what the same machine did in the same run without us */
  peer?: { what: string; value: number };
  note?: string;
};

export type Report = {
  say: (text: string) => void;
  add(finding: Finding): void;
  /** prints the closing table; @returns how many aims were missed */
  close(machine: Record<string, string | number>, jsonFile: string | undefined): Promise<number>;
};

export function openReport(): Report {
  const findings: Finding[] = [];
  return {
    say: (text) => process.stderr.write(`${text}\n`),
    add: (finding) => {
      findings.push(finding);
      process.stderr.write(`  ${line(finding)}   [load ${(loadavg()[0] as number).toFixed(1)}]\n`);
    },
    close: async (machine, jsonFile) => {
      const told = [
        ...Object.entries(machine).map(([name, value]) => `${name}: ${value}`),
        "",
        ...table(findings),
      ];
      process.stdout.write(`${told.join("\n")}\n`);
      const all = findings.map((finding) => ({
        ...finding,
        ratio: ratioOf(finding) ?? null,
        met: isMet(finding) ?? null,
      }));
      if (jsonFile !== undefined)
        await writeFile(jsonFile, `${JSON.stringify({ machine, findings: all }, undefined, 2)}\n`);
      return findings.filter((finding) => isMet(finding) === false).length;
    },
  };
}

function isMet({ aim, value }: Finding): boolean | undefined {
  if (aim === undefined) return undefined;
  return "most" in aim ? value <= aim.most : value >= aim.least;
}

/** Part of the peer's speed: above 1 is faster than the peer. For times and sizes the peer's is divided by ours. */
function ratioOf({ value, unit, peer }: Finding): number | undefined {
  if (peer === undefined) return undefined;
  return unit.endsWith("/s") ? value / peer.value : peer.value / value;
}

function table(findings: readonly Finding[]): string[] {
  const lines: string[] = [];
  let part = "";
  for (const finding of findings) {
    if (finding.part !== part) lines.push("", (part = finding.part));
    lines.push(`  ${line(finding)}`);
  }
  const missed = findings.filter((finding) => isMet(finding) === false).length;
  const aims = findings.filter((finding) => finding.aim !== undefined).length;
  return [...lines, "", `${aims - missed} of ${aims} aims met`];
}

function line(finding: Finding): string {
  const { what, value, unit, aim, peer, note } = finding;
  const ratio = ratioOf(finding);
  return [
    what.padEnd(58),
    `${shown(value)} ${unit}`.padStart(16),
    aim === undefined
      ? ""
      : `aim ${"most" in aim ? "≤" : "≥"} ${shown("most" in aim ? aim.most : aim.least)} ${isMet(finding) ? "met" : "NOT MET"}`,
    peer === undefined
      ? ""
      : `${peer.what} ${shown(peer.value)} ${unit}, ratio ${(ratio as number).toFixed(2)}`,
    note ?? "",
  ]
    .filter((cell) => cell !== "")
    .join("  ");
}

function shown(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString("en");
  return Math.abs(value) >= 100
    ? value.toFixed(0)
    : Math.abs(value) >= 10
      ? value.toFixed(1)
      : value.toFixed(2);
}
