/** 回头看: compares bare CSV files, without a server and without a database. */
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { CLUE_HEADINGS, tellClue } from "../../domains/relief/core/matching/tell-clues.ts";
import { matchSources } from "../../domains/relief/matching/match-sources.ts";
import type {
  FoundClue,
  MatchOptions,
  MatchResult,
  MatchStep,
} from "../../domains/relief/matching/match-sources.ts";
import { Problem } from "../../platform/problem.ts";
import type { Language } from "../../shared/period.ts";
import { UsageError, note, readLanguage } from "../command.ts";
import type { Command } from "../command.ts";
import { writeWhole } from "./lookback-clues.ts";
import { chooseAll, chooseClues, readRules } from "./lookback-rules.ts";
import type { Choice, Chosen } from "./lookback-rules.ts";

const FAILED = 1;
const BAD_INPUT = 2;

export const lookback: Command = {
  summary: "compare a relief registry with other registers, from CSV to clues",
  usage: `usage: taizhang lookback match --registry FILE.csv --against NAME=FILE.csv [--against …] --out CLUES.csv
                               [--rules FILE.json] [--threads N] [--lang zh|en]

  --registry  person_id, name, id_no; household_id, relation, sex, county, town, village, village_code, phone
              as far as there are; headings of the system export (人编号, 户编号, 证件号码, …) are known too
  --against   row_id, name, id_no; sex, county, town, village, village_code, phone likewise
  --out       person_id,register,row_id,tier,probability,evidence; written whole or not at all
  --rules     which matches are clues: {"version", "rules": […]} as the server keeps them, a register called by its
              NAME, a column by its heading; without it all that are at least 5 % probable, and the household of
              whoever is on a register
  --threads   the processors of the machine when absent, 8 at most
  --lang      language of evidence and messages, zh when absent

  CSV in UTF-8 or GB18030. Tiers: exact (the number), repaired (one slip in it), name (no number to go by), household (a
  spouse, parent or child is on the register).

  exit status: 0 done, 1 failed, 2 called wrongly or bad input, with file, line and column`,
  needsNoSettings: true,
  run: async (args) => {
    const [verb, ...rest] = args;
    if (verb !== "match") throw new UsageError("lookback knows one verb: match");
    const wanted = readWanted(rest);
    try {
      return await runMatch(wanted);
    } catch (error) {
      return tellFailure(error, wanted);
    }
  },
};

type Named = { name: string; path: string };
type Wanted = {
  registry: Named;
  against: Named[];
  out: string;
  rules: string | undefined;
  threads: number;
  lang: Language;
};

function readWanted(args: readonly string[]): Wanted {
  const { values } = parseArgs({
    args: [...args],
    options: {
      registry: { type: "string" },
      against: { type: "string", multiple: true },
      out: { type: "string" },
      rules: { type: "string" },
      threads: { type: "string" },
      lang: { type: "string", default: "zh" },
    },
  });
  const { registry, out, rules } = values;
  if (registry === undefined || out === undefined) throw new UsageError("--registry and --out are needed");
  const lang = readLanguage(values.lang);
  const against = (values.against ?? []).map(readNamed);
  if (against.length === 0) throw new UsageError("name one register at least: --against vehicle=vehicle.csv");
  const twice = against.find(({ name }, i) => against.findIndex((other) => other.name === name) !== i);
  if (twice !== undefined) throw new UsageError(`two registers are named ${twice.name}`);
  const threads = values.threads === undefined ? Math.min(8, availableParallelism()) : Number(values.threads);
  if (!Number.isInteger(threads) || threads < 1 || threads > 64)
    throw new UsageError("--threads is a number from 1 to 64");
  const wanted = {
    registry: { name: "registry", path: registry },
    against,
    out,
    rules,
    threads,
    lang,
  } as const;
  requireOtherFile(wanted);
  return wanted;
}

function readNamed(text: string): Named {
  const at = text.indexOf("=");
  if (at < 1 || at === text.length - 1) throw new UsageError("--against looks like vehicle=vehicle.csv");
  return { name: text.slice(0, at), path: text.slice(at + 1) };
}

/** Clues over one of the inputs would be the end of it. */
function requireOtherFile({ registry, against, out, rules }: Wanted): void {
  const real = (path: string): string | undefined => {
    try {
      return realpathSync(path);
    } catch {
      return undefined;
    }
  };
  const own = real(out);
  const inputs = [registry.path, ...against.map(({ path }) => path), ...(rules === undefined ? [] : [rules])];
  if (own !== undefined && inputs.some((path) => real(path) === own))
    throw new UsageError("--out names another file than those that are read");
}

async function runMatch(wanted: Wanted): Promise<number> {
  const began = performance.now();
  const { registry, against, out, threads, lang } = wanted;
  const names = against.map(({ name }) => name);
  const choice = wanted.rules === undefined ? chooseAll(names) : await readRules(wanted.rules, names);
  requireWritable(out);
  const progress = tellProgress(lang);
  const { least, relativesOn } = choice;
  const options: MatchOptions = {
    registry,
    against,
    threads,
    ownThreadWorks: true,
    least,
    relativesOn,
    progress: progress.step,
  };
  const result = await matchSources(options);
  progress.step("write", 0, 1);
  const { clues, silent } = await chooseClues(result.clues, choice.rules, against);
  writeWhole(out, tellAll(clues, lang));
  progress.end();
  summarise({ result, clues, silent, choice, seconds: (performance.now() - began) / 1000, lang });
  return 0;
}

/** Told now, not after the work. @throws Error of the file system, naming the file as the user did */
function requireWritable(out: string): void {
  const found = statSync(out, { throwIfNoEntry: false });
  if (found?.isDirectory() === true)
    throw Object.assign(new Error("EISDIR"), { code: "EISDIR", syscall: "open", path: out });
  const isReplaced = found === undefined || found.isFile();
  accessSync(isReplaced ? dirname(out) : out, constants.W_OK);
}

function* tellAll(clues: readonly FoundClue[], lang: Language): Iterable<string> {
  yield CLUE_HEADINGS;
  for (const clue of clues) yield tellClue(clue, lang);
}

type Step = MatchStep | "write";

const stepWords: Readonly<Record<Step, Readonly<Record<Language, string>>>> = {
  read: { zh: "读取", en: "reading" },
  prepare: { zh: "准备", en: "preparing" },
  compare: { zh: "比对", en: "comparing" },
  decide: { zh: "判定", en: "deciding" },
  write: { zh: "写出", en: "writing" },
};

/** A line for each step; at a terminal it counts up. */
function tellProgress(lang: Language): {
  step: (step: Step, done: number, of: number) => void;
  end: () => void;
} {
  const isTerminal = process.stderr.isTTY;
  let last: Step | undefined;
  let told = 0;
  const close = (): void => void (isTerminal && last !== undefined && process.stderr.write("\n"));
  return {
    step: (step, done, of) => {
      const words = stepWords[step][lang];
      if (isTerminal) {
        if (step !== last) close();
        else if (done < of && performance.now() - told < 100) return;
        told = performance.now();
        process.stderr.write(`\r${words}${of > 1 ? ` ${Math.floor((100 * done) / of)} %` : " …"}`);
      } else if (step !== last) note(`${words} …`);
      last = step;
    },
    end: close,
  };
}

type Summary = {
  result: MatchResult;
  clues: readonly FoundClue[];
  silent: Chosen["silent"];
  choice: Choice;
  seconds: number;
  lang: Language;
};

const tierWords: Readonly<Record<FoundClue["tier"], Readonly<Record<Language, string>>>> = {
  exact: { zh: "同号", en: "exact" },
  repaired: { zh: "修正号码", en: "repaired" },
  name: { zh: "按姓名", en: "name" },
  household: { zh: "家庭成员", en: "household" },
};

function summarise({ result, clues, silent, choice, seconds, lang }: Summary): void {
  const zh = lang === "zh";
  const { persons, absent, registers } = result;
  note(
    zh
      ? `台账 ${persons} 人${lacking(absent, lang)}；规则 ${choice.version}`
      : `registry: ${persons} persons${lacking(absent, lang)}; rules ${choice.version}`,
  );
  for (const register of registers)
    note(`${register.name} ${register.rows}${zh ? " 行" : " rows"}${lacking(register.absent, lang)}`);
  for (const name of choice.unruled)
    note(zh ? `没有规则涉及名册 ${name}，未产生线索` : `no rule speaks of ${name}: no clues from it`);
  for (const { rule, column } of silent)
    note(zh ? `规则 ${rule} 未用：名册没有 ${column} 列` : `rule ${rule} not asked: no column ${column}`);
  for (const [tier, words] of Object.entries(tierWords)) {
    const own = clues.filter((clue) => clue.tier === tier);
    note(`${words[lang]} (${tier}) ${own.length}${own.length === 0 ? "" : stated(own, lang)}`);
  }
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  note(
    zh
      ? `线索 ${clues.length} 条，${seconds.toFixed(1)} 秒，内存峰值 ${peak} MB`
      : `${clues.length} clues, ${seconds.toFixed(1)} s, peak memory ${peak} MB`,
  );
}

/** The mean of the stated probabilities, rounded down: so many of these clues are expected to be right. */
function stated(clues: readonly FoundClue[], lang: Language): string {
  const mean = clues.reduce((sum, { probability }) => sum + probability, 0) / clues.length;
  const share = `${(Math.floor(1000 * mean) / 10).toFixed(1)} %`;
  return lang === "zh" ? `，估计准确率 ${share}` : `, stated precision ${share}`;
}

function lacking(absent: readonly string[], lang: Language): string {
  if (absent.length === 0) return "";
  return lang === "zh" ? `，缺列 ${absent.join(", ")}` : `, without ${absent.join(", ")}`;
}

const faults: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  ENOENT: { zh: "没有这个文件或文件夹", en: "there is no such file or folder" },
  EISDIR: { zh: "这是文件夹，不是文件", en: "this is a folder" },
  EACCES: { zh: "没有读写权限", en: "no permission to read or write" },
  ENOSPC: { zh: "磁盘已满，没有写出线索", en: "the disk is full; no clues were written" },
  EFBIG: {
    zh: "文件超过允许的大小，没有写出线索",
    en: "the file would be larger than allowed; no clues were written",
  },
};

function tellFailure(error: unknown, { out, lang }: Wanted): number {
  if (error instanceof Problem) {
    if (error.places.length === 0) note(`taizhang lookback: ${(error.detail ?? error.title)[lang]}`);
    for (const place of error.places) {
      const at = [place.field, place.line, place.column].filter((part) => part !== undefined).join(":");
      note(`taizhang lookback: ${at}: ${place[lang]}`);
    }
    return BAD_INPUT;
  }
  const { code, path, syscall, message } = error as NodeJS.ErrnoException;
  if (syscall === undefined) throw error;
  note(`taizhang lookback: ${path ?? out}: ${faults[code ?? ""]?.[lang] ?? message}`);
  return code === "ENOSPC" || code === "EFBIG" || code === "EIO" ? FAILED : BAD_INPUT;
}
