/** The HTTP application: the list of what it is made of. */
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { FastifyInstance } from "fastify";
import { auditRoutes } from "../domains/audit/routes.ts";
import { authRoutes, guardRequests, makeSystemActor, openAuth } from "../domains/auth/index.ts";
import { dispatchRoutes } from "../domains/dispatch/routes.ts";
import { indicatorRoutes } from "../domains/indicators/routes.ts";
import { ledgerRoutes } from "../domains/ledger/routes.ts";
import { orgRoutes } from "../domains/org/routes.ts";
import { proofingRoutes } from "../domains/proofing/routes.ts";
import { openRunner, reliefRoutes } from "../domains/relief/index.ts";
import { returnsRoutes } from "../domains/returns/index.ts";
import { readDataKey } from "../platform/data-key.ts";
import { readKeyring } from "../platform/sealing/keyring.ts";
import { openSealer } from "../platform/sealing/sealer.ts";
import { buildServer } from "../platform/http/server.ts";
import { NOT_FOUND } from "../platform/problem.ts";
import { dayInChina } from "../shared/china-day.ts";
import type { Application, Installation } from "./application.ts";
import type { DemoAccount } from "./demo.ts";

export type HttpOptions = {
  installation: Installation;
  clock?: () => Date;
  checkResponses?: boolean;
  logStream?: { write(line: string): void };
  demo?: { accounts: readonly DemoAccount[]; password: string } | undefined;
};

export const version = (
  JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string }
).version;

export async function buildHttp(application: Application, options: HttpOptions): Promise<FastifyInstance> {
  const { config, pools, headsFile } = application;
  const clock = options.clock ?? (() => new Date());
  const demo = options.installation.mode === "demo";
  const dataKey = await readDataKey(config.dataDir);
  const auth = openAuth({ pools, config, clock, dataKey, demo });
  const sealer = openSealer(await readKeyring(config.dataDir), config.cipher);
  const today = (): string => dayInChina(clock());
  const app = await buildServer({
    config,
    version,
    ready: () => ready(application),
    ...(options.checkResponses ? { checkResponses: true } : {}),
    ...(options.logStream ? { logStream: options.logStream } : {}),
  });
  guardRequests(app, auth);
  authRoutes(app, auth);
  orgRoutes(app, auth);
  ledgerRoutes(app, { pools, today });
  indicatorRoutes(app, { pools });
  proofingRoutes(app, { pools, now: clock, uploadLimit: config.uploadLimit });
  dispatchRoutes(app, { pools, today });
  // A key of its own, so that what is printed into workbooks says nothing about the data key.
  const workbookKey = createHmac("sha256", dataKey).update("returns.workbook").digest();
  returnsRoutes(app, { pools, now: clock, today, uploadLimit: config.uploadLimit, workbookKey });
  const runner = openRunner({
    pools,
    sealer,
    actor: makeSystemActor("taizhang_actor", 0),
    threads: availableParallelism(),
    log: (line) => app.log.warn(line),
  });
  app.addHook("onReady", async () => runner.wake());
  app.addHook("onClose", () => runner.stop());
  reliefRoutes(app, { pools, sealer, today, uploadLimit: config.uploadLimit, runner });
  auditRoutes(app, { pools, headsFile });
  app.get("/api/v1/demo", { schema: { hide: true }, config: { public: true } }, () => {
    if (!options.demo) throw NOT_FOUND();
    return options.demo;
  });
  return app;
}

async function ready(application: Application): Promise<void> {
  const state = application.cluster?.state();
  if (state !== undefined && state !== "ready") throw new Error(`the database is ${state}`);
  await application.pools.ping(2000);
}
