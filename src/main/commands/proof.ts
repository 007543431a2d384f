/** Checks the arithmetic of a draft; reads files and writes to standard output, without a database unless --ledger asks for one. */
import { open, readFile, realpath, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { chooseFindings, chooseReported } from "../../domains/proofing/core/choose-claims.ts";
import { commentText } from "../../domains/proofing/core/comment-text.ts";
import { proofText } from "../../domains/proofing/core/proof-text.ts";
import { decodeText, readDraft } from "../../domains/proofing/index.ts";
import { parsePeriod } from "../../shared/period.ts";
import type { ProofView } from "../../domains/proofing/contract.ts";
import type { Claim } from "../../domains/proofing/core/claim.ts";
import { Problem } from "../../platform/problem.ts";
import { UsageError, note, readLanguage } from "../command.ts";
import type { Command } from "../command.ts";
import type { LedgerWanted } from "./proof-ledger.ts";
import { reportFindings } from "./proof-report.ts";
import type { ReportLanguage } from "./proof-report.ts";

const WRONG = 1;
const UNREADABLE = 2;

export const proof: Command = {
  summary: "check the arithmetic of a draft (txt, md, docx)",
  usage: `usage: taizhang proof FILE [--json] [--all] [--marked OUT.docx] [--lang zh|en]
                           [--ledger [--region CODE] [--period 2016-07]]
       taizhang proof --batch FILE.jsonl [--all]

  FILE       .txt, .md or .docx; - reads text from standard input
  --json     one object {"claims": […]}: what is wrong, consistent or unclear
  --all      also what is a last digit or worth a look
  --marked   writes a copy of the Word file with a comment at each finding
  --batch    one {"id", "text"} a line in, one {"id", "claims"} a line out; - reads standard input
  --ledger   also compares figures with the ledger of this installation; without it no database is opened
  --region   what the draft is of; the county when absent
  --period   the newest month it speaks of; the newest with figures when absent
  --lang     language of the report, zh when absent

  exit status: 0 nothing wrong, 1 something wrong, 2 unreadable or called wrongly`,
  needsNoSettings: true,
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: "boolean", default: false },
        all: { type: "boolean", default: false },
        marked: { type: "string" },
        batch: { type: "string" },
        lang: { type: "string", default: "zh" },
        ledger: { type: "boolean", default: false },
        region: { type: "string" },
        period: { type: "string" },
      },
    });
    const { json, all, marked, batch } = values;
    const lang = readLanguage(values.lang);
    const ledger = readLedgerWanted(values);
    const [file, ...more] = positionals;
    if (batch !== undefined) {
      if (file !== undefined || json || marked !== undefined || ledger !== undefined)
        throw new UsageError("--batch goes with --all only, and takes its file itself");
      return unlessUnreadable(lang, () => proofBatch(batch, all));
    }
    if (file === undefined || more.length > 0) throw new UsageError("name one file, or - for standard input");
    if (marked !== undefined) await requireCopy(file, marked);
    return unlessUnreadable(lang, () => proofOne(file, { json, all, marked, lang, ledger }));
  },
};

type LedgerValues = { ledger: boolean; region?: string | undefined; period?: string | undefined };

function readLedgerWanted({ ledger, region, period }: LedgerValues): LedgerWanted | undefined {
  if (!ledger && (region !== undefined || period !== undefined))
    throw new UsageError("--region and --period go with --ledger");
  if (region !== undefined && !/^\d{12}$/.test(region))
    throw new UsageError("--region is a code of 12 digits");
  if (period !== undefined && !(period.length === 7 && parsePeriod(period).ok))
    throw new UsageError("--period should look like 2016-07");
  return ledger ? { region: region === undefined ? undefined : Number(region), period } : undefined;
}

type Wanted = {
  json: boolean;
  all: boolean;
  marked: string | undefined;
  lang: ReportLanguage;
  ledger: LedgerWanted | undefined;
};

async function proofOne(file: string, { json, all, marked, lang, ledger }: Wanted): Promise<number> {
  const bytes = file === "-" ? await readInput() : await readFile(file);
  const text = file === "-" ? decodeText(bytes) : await readDraft(basename(file), bytes);
  const proofed = ledger === undefined ? { claims: proofText(text) } : await proofWithLedger(text, ledger);
  const { claims } = proofed;
  if (marked !== undefined) {
    const comments = chooseFindings(claims, all).flatMap((claim) => {
      const [span] = claim.spans;
      return span === undefined ? [] : [{ span, text: commentText(claim) }];
    });
    const { markWordDraft } = await import("../../domains/proofing/word-draft.ts");
    await writeFile(marked, markWordDraft(bytes, comments, new Date()));
  }
  if (json) await write(`${JSON.stringify({ ...proofed, claims: chooseReported(claims, all) })}\n`);
  else await write(reportFindings({ name: file, text, ...proofed, all, lang }));
  return chooseFindings(claims, false).length > 0 ? WRONG : 0;
}

type Proofed = { claims: readonly Claim[]; ledger?: ProofView["ledger"] };

/** Database and wiring are loaded only when they are asked for. */
async function proofWithLedger(text: string, wanted: LedgerWanted): Promise<Proofed> {
  const { proofAgainstLedger } = await import("./proof-ledger.ts");
  const { claims, ledger } = await proofAgainstLedger(text, wanted);
  return { claims, ledger };
}

/** Line by line, each answered before the next is read: a file of any length takes the memory of its longest line. */
async function proofBatch(file: string, all: boolean): Promise<number> {
  const source = file === "-" ? undefined : await open(file);
  const input = source?.createReadStream({ encoding: "utf8" }) ?? process.stdin.setEncoding("utf8");
  const { createInterface } = await import("node:readline");
  let [line, status] = [0, 0];
  for await (const row of createInterface({ input, crlfDelay: Infinity })) {
    line++;
    if (row.trim() === "") continue;
    const entry = readEntry(row);
    if (entry === undefined) {
      note(`taizhang proof: ${file}:${line}: 应为 {"id": …, "text": "…"} should be {"id": …, "text": "…"}`);
      return UNREADABLE;
    }
    const claims = proofText(entry.text);
    if (chooseFindings(claims, false).length > 0) status = WRONG;
    await write(`${JSON.stringify({ id: entry.id, claims: chooseReported(claims, all) })}\n`);
  }
  return status;
}

function readEntry(row: string): { id: string | number; text: string } | undefined {
  try {
    const { id, text } = JSON.parse(row.replace(/^\uFEFF/, "")) as { id?: unknown; text?: unknown };
    if ((typeof id === "string" || typeof id === "number") && typeof text === "string") return { id, text };
  } catch {
    // told by the caller, with the number of the line
  }
  return undefined;
}

async function readInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A pipe that is full makes the reading wait. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once("drain", resolve));
}

async function requireCopy(file: string, marked: string): Promise<void> {
  const isWord = (name: string): boolean => /\.docx$/i.test(name);
  if (!isWord(file) || !isWord(marked)) throw new UsageError("--marked makes a .docx of a .docx");
  const real = (path: string): Promise<string> => realpath(path).catch(() => path);
  if ((await real(file)) === (await real(marked)))
    throw new UsageError("--marked names another file than FILE");
}

const faults: Readonly<Record<string, { zh: string; en: string }>> = {
  ENOENT: { zh: "没有这个文件", en: "there is no such file" },
  EISDIR: { zh: "这是文件夹，不是文件", en: "this is a folder" },
  EACCES: { zh: "没有读写权限", en: "no permission to read or write" },
};

/** What cannot be read is told with how to mend it, and gives the status 2. */
async function unlessUnreadable(lang: ReportLanguage, work: () => Promise<number>): Promise<number> {
  const colon = lang === "zh" ? "：" : ": ";
  try {
    return await work();
  } catch (error) {
    const { code, path, syscall, message } = error as NodeJS.ErrnoException;
    if (error instanceof Problem) {
      const parts = [error.title, error.detail].filter((part) => part !== undefined);
      note(`taizhang proof: ${parts.map((part) => part[lang]).join(colon)}`);
    } else if (syscall !== undefined) {
      const words = faults[code ?? ""]?.[lang];
      note(`taizhang proof: ${words === undefined ? message : `${words}${colon}${path ?? ""}`}`);
    } else throw error;
    return UNREADABLE;
  }
}
