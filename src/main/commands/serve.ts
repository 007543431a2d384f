/** start, serve and worker: the processes that stay. */
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import type { FastifyInstance } from "fastify";
import { forgetEndedSessions, makeSystemActor } from "../../domains/auth/index.ts";
import { sealEntries } from "../../domains/audit/index.ts";
import { remindOfClues } from "../../domains/relief/index.ts";
import { deliverMessages, openAndRemind } from "../../domains/returns/index.ts";
import type { Config } from "../../platform/config.ts";
import { isLoopback } from "../../platform/config.ts";
import type { JobRunner } from "../../platform/jobs/runner.ts";
import { loginAs } from "../../platform/db/connection.ts";
import { emptyDatabase, openApplication } from "../application.ts";
import type { Application, Installation } from "../application.ts";
import { note, say } from "../command.ts";
import type { Command } from "../command.ts";
import { demoPack, demoPassword, readDemoAccounts } from "../demo.ts";
import { dayInChina } from "../../shared/china-day.ts";

export const start: Command = {
  summary: "migrate, load the demonstration into an empty database, and serve (npm start)",
  usage: "usage: taizhang start",
  run: async (args, config) => {
    parseArgs({ args: [...args], options: {} });
    return stay(config, "start");
  },
};

export const serve: Command = {
  summary: "serve the web app, the API and the jobs of an installed county",
  usage: "usage: taizhang serve [--no-worker]\n\n  --no-worker   leave the jobs to `taizhang worker`",
  run: async (args, config) => {
    const { values } = parseArgs({ args: [...args], options: { "no-worker": { type: "boolean" } } });
    return stay(config, "serve", values["no-worker"] !== true);
  },
};

export const worker: Command = {
  summary: "run the jobs only (with one's own PostgreSQL)",
  usage: "usage: taizhang worker",
  run: async (args, config) => {
    parseArgs({ args: [...args], options: {} });
    const application = await openApplication(config, { log: note, cluster: "attach", schema: "refuse" });
    const jobs = await startJobs(application);
    say("worker: running");
    await untilSignal();
    await jobs.stop();
    await application.close();
    return 0;
  },
};

async function stay(config: Config, how: "start" | "serve", withJobs = true): Promise<number> {
  const signal = untilSignal();
  const schema = how === "start" ? "migrate" : "refuse";
  // The HTTP side is the larger part of the program: it is read while PostgreSQL starts.
  const opening = openApplication(config, { log: note, cluster: "own", schema });
  const [{ buildHttp }, application] = await Promise.all([import("../http.ts"), opening]);
  let app: FastifyInstance | undefined;
  let jobs: JobRunner | undefined;
  try {
    const installation = await prepare(application, how);
    if (installation.mode === "demo") refuseOpenDemo(config);
    const accounts = installation.mode === "demo" ? readDemoAccounts(installation.pack) : undefined;
    const demo = accounts && { accounts, password: await demoPassword(config.dataDir) };
    app = await buildHttp(application, { installation, demo });
    await app.listen({ port: config.port, host: config.host });
    announce(app, demo);
    if (withJobs) jobs = await startJobs(application);
    await signal;
    note("stopping");
    return 0;
  } finally {
    await app?.close();
    await jobs?.stop();
    await application.close();
  }
}

/** An empty database becomes the demonstration on `start`; `serve` expects an installed county. */
async function prepare(application: Application, how: "start" | "serve"): Promise<Installation> {
  const there = await application.installation();
  if (there) return there;
  if (how === "serve") throw new Error(emptyDatabase);
  refuseOpenDemo(application.config);
  note("empty database: loading the demonstration 原平市 2016");
  const [{ loadPack }, { readPack }] = await Promise.all([
    import("../load-pack.ts"),
    import("../../../packs/pack-schema.ts"),
  ]);
  const pack = await readPack(demoPack);
  const password = await demoPassword(application.config.dataDir);
  const loaded = await loadPack(application, pack, {
    mode: "demo",
    demoPassword: password,
    today: dayInChina(new Date()),
  });
  await sealEntries(application.pools, {
    algorithm: application.config.auditHash,
    headsFile: application.headsFile,
  });
  note(`loaded ${loaded.figures} figures`);
  return (await application.installation()) as Installation;
}

function refuseOpenDemo(config: Config): void {
  if (isLoopback(config.host)) return;
  throw new Error(
    `the demonstration has public passwords and listens on this machine only; HOST is "${config.host}", leave it unset`,
  );
}

function announce(
  app: FastifyInstance,
  demo:
    | { accounts: readonly { username: string; titleZh: string; titleEn: string }[]; password: string }
    | undefined,
): void {
  const { address, family, port } = app.server.address() as AddressInfo;
  say(`\n台账 Taizhang  http://${family === "IPv6" ? `[${address}]` : address}:${port}`);
  if (!demo) return;
  say("\n演示环境，仅本机可访问。Demonstration, this machine only. 人员与岗位均为虚构。");
  say(`密码 password: ${demo.password}\n`);
  for (const account of demo.accounts)
    say(`  ${account.username.padEnd(14)} ${account.titleZh}  ${account.titleEn}`);
  say("");
}

async function startJobs(application: Application): Promise<JobRunner> {
  const { runJobs } = await import("../../platform/jobs/runner.ts");
  const { config } = application;
  const seal = { algorithm: config.auditHash, headsFile: application.headsFile };
  const outgoing = {
    pools: application.pools,
    actor: makeSystemActor("taizhang_actor", 0),
    now: () => new Date(),
    mailer:
      config.smtpUrl &&
      (await import("../../platform/outgoing/mail.ts")).openMailer(config.smtpUrl, config.mailFrom),
    webhook: config.chatWebhook,
    telling: { namesUnits: config.chatNames, publicUrl: config.publicUrl },
    log: note,
  };
  return runJobs(loginAs("taizhang_jobs", application.admin), {
    log: note,
    tasks: {
      "audit.seal": async () => void (await sealEntries(application.pools, seal)),
      "relief.remindOfClues": async () => {
        const system = makeSystemActor("taizhang_actor", 0);
        await remindOfClues(application.pools, system, dayInChina(new Date()));
      },
      "returns.openAndRemind": async () => {
        const system = makeSystemActor("taizhang_actor", 0);
        await openAndRemind(application.pools, system, dayInChina(new Date()));
      },
      "returns.deliverMessages": async () => void (await deliverMessages(outgoing)),
      "auth.forgetEndedSessions": async () => void (await forgetEndedSessions(application.pools, new Date())),
    },
    schedule: [
      { task: "audit.seal", at: "* * * * *" },
      // from seven (returns: a quarter past six) in the morning, China time; a server that was off at seven reminds when it is back
      { task: "relief.remindOfClues", at: "5 23,0-9 * * *" },
      { task: "returns.deliverMessages", at: "* * * * *" },
      { task: "returns.openAndRemind", at: "15 22,23,0-9 * * *" },
      { task: "auth.forgetEndedSessions", at: "17 3 * * *" },
    ],
  });
}

/** Resolves at the first request to stop; a second one ends the process at once. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(name, () => {
        if (asked) process.exit(130);
        asked = true;
        resolve();
      });
    }
  });
}
