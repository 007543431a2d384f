/** HTTP of registers, rules and runs. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { withActor } from "../../../platform/db/actor.ts";
import type { Tx } from "../../../platform/db/actor.ts";
import { receiveFile } from "../../../platform/http/receive-file.ts";
import { INVALID_REQUEST } from "../../../platform/problem.ts";
import {
  BeginRunRequest,
  ColumnMapping,
  InspectedFile,
  PrecisionTable,
  RecordedDay,
  RegisterKind,
  RegisterList,
  RegisterView,
  RuleSet,
  RulesView,
  RunList,
  RunMatchPage,
  RunMatchQuery,
  RunView,
  SendRunRequest,
  typed,
} from "../contract.ts";
import { readPrecision, toPrecisionTable } from "../clues/precision-store.ts";
import { readRuleBook } from "../clues/rule-book.ts";
import type { ReliefDeps } from "../deps.ts";
import { requirePermission } from "../../../platform/http/require-permission.ts";
import { listRegisters } from "./register-store.ts";
import { forgetRegister, inspectRegister, receiveRegister } from "./registers.ts";
import { readRules, recordRules } from "./rules.ts";
import { beginRun, cancelRun, getRun, readRun, readRuns, sendRun } from "./runs.ts";
import { viewMatches } from "./view-matches.ts";

const Id = z.object({ id: z.coerce.number().int().positive() });
const NEEDS = "lookback.run";

export function lookbackRoutes(server: FastifyInstance, deps: ReliefDeps): void {
  registerRoutes(server, deps);
  ruleRoutes(server, deps);
  runRoutes(server, deps);
}

function registerRoutes(server: FastifyInstance, deps: ReliefDeps): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const { pools, sealer, uploadLimit } = deps;
  const tags = ["lookback"];

  app.get(
    "/api/v1/lookback/registers",
    { schema: { tags, summary: "比对名册 Registers", response: { 200: RegisterList } } },
    async (request) => {
      requirePermission(request, NEEDS);
      const read = async (tx: Tx) => ({ items: await listRegisters(tx) });
      return withActor(pools, request.actor, read, { readOnly: true });
    },
  );
  app.post(
    "/api/v1/lookback/registers/inspect",
    { schema: { tags, summary: "看名册的列 What columns a file has", response: { 200: InspectedFile } } },
    async (request) => {
      requirePermission(request, NEEDS);
      const { file, fields } = await receiveFile(request, uploadLimit);
      const kind = readField(RegisterKind, fields, "kind");
      return withActor(pools, request.actor, (tx) => inspectRegister(tx, kind, file), { readOnly: true });
    },
  );
  app.post(
    "/api/v1/lookback/registers",
    { schema: { tags, summary: "上传名册 Send a register", response: { 201: RegisterView } } },
    async (request, reply) => {
      requirePermission(request, NEEDS);
      const { file, fields } = await receiveFile(request, uploadLimit);
      const kind = readField(RegisterKind, fields, "kind");
      const title = readField(typed(1, 100), fields, "title");
      const asOf = readField(RecordedDay, fields, "asOf");
      const mapping = readField(MappingText, fields, "mapping");
      const sent = { kind, title, asOf, mapping, file };
      return reply.code(201).send(await receiveRegister(request.actor, sent, { pools, sealer }));
    },
  );
  app.delete(
    "/api/v1/lookback/registers/:id",
    { schema: { tags, summary: "删除名册内容 Forget the rows of a register", params: Id } },
    async (request, reply) => {
      requirePermission(request, NEEDS);
      await withActor(pools, request.actor, (tx) => forgetRegister(tx, request.params.id));
      return reply.code(204).send();
    },
  );
}

const MappingText = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: "custom", message: "not JSON" });
      return z.NEVER;
    }
  })
  .pipe(ColumnMapping);

/** @throws INVALID_REQUEST naming the field */
function readField<T>(schema: z.ZodType<T>, fields: ReadonlyMap<string, string>, name: string): T {
  const read = schema.safeParse(fields.get(name));
  if (read.success) return read.data;
  throw INVALID_REQUEST({
    places: [
      {
        code: "INVALID_FIELD",
        field: name,
        zh: `${name} 缺少或有误`,
        en: `${name} is missing or not as it should be`,
      },
    ],
  });
}

function ruleRoutes(server: FastifyInstance, { pools }: ReliefDeps): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const tags = ["lookback"];

  app.get(
    "/api/v1/lookback/rules",
    {
      schema: {
        tags,
        summary: "规则 The rules that hold, with their precision",
        response: { 200: RulesView },
      },
    },
    async (request) => {
      requirePermission(request, "clues.read");
      return withActor(pools, request.actor, readRules, { readOnly: true });
    },
  );
  app.put(
    "/api/v1/lookback/rules",
    {
      schema: { tags, summary: "修改规则 Record a new version", body: RuleSet, response: { 200: RulesView } },
    },
    async (request) => {
      requirePermission(request, NEEDS);
      return withActor(pools, request.actor, async (tx) => {
        await recordRules(tx, request.body);
        return readRules(tx);
      });
    },
  );
  app.get(
    "/api/v1/lookback/precision",
    { schema: { tags, summary: "属实率 Precision by rule and register", response: { 200: PrecisionTable } } },
    async (request) => {
      requirePermission(request, "clues.read");
      const read = async (tx: Tx) => toPrecisionTable(await readPrecision(tx), await readRuleBook(tx));
      return withActor(pools, request.actor, read, { readOnly: true });
    },
  );
}

function runRoutes(server: FastifyInstance, { pools, sealer, runner, today }: ReliefDeps): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const tags = ["lookback"];
  const { progressOf } = runner;

  app.get(
    "/api/v1/lookback/runs",
    { schema: { tags, summary: "历次比对 Runs", response: { 200: RunList } } },
    async (request) => {
      requirePermission(request, NEEDS);
      const read = async (tx: Tx) => ({ items: await readRuns(tx, progressOf) });
      return withActor(pools, request.actor, read, { readOnly: true });
    },
  );
  app.post(
    "/api/v1/lookback/runs",
    { schema: { tags, summary: "发起比对 Begin a run", body: BeginRunRequest, response: { 201: RunView } } },
    async (request, reply) => {
      requirePermission(request, NEEDS);
      const id = await withActor(pools, request.actor, (tx) => beginRun(tx, request.body));
      runner.wake();
      const read = (tx: Tx) => readRun(tx, id, sealer, progressOf);
      return reply.code(201).send(await withActor(pools, request.actor, read, { readOnly: true }));
    },
  );
  app.get(
    "/api/v1/lookback/runs/:id",
    { schema: { tags, summary: "一次比对 A run with its tallies", params: Id, response: { 200: RunView } } },
    async (request) => {
      requirePermission(request, NEEDS);
      const read = (tx: Tx) => readRun(tx, request.params.id, sealer, progressOf);
      return withActor(pools, request.actor, read, { readOnly: true });
    },
  );
  app.get(
    "/api/v1/lookback/runs/:id/matches",
    {
      schema: {
        tags,
        summary: "匹配明细 Matches side by side",
        params: Id,
        querystring: RunMatchQuery,
        response: { 200: RunMatchPage },
      },
    },
    async (request) => {
      requirePermission(request, NEEDS);
      const { limit } = request.query;
      return withActor(
        pools,
        request.actor,
        async (tx) => {
          const run = await getRun(tx, request.params.id);
          const found = await viewMatches(tx, { ...request.query, run: run.id, limit: limit + 1 }, sealer);
          const items = found.slice(0, limit);
          return { items, cursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
        },
        { readOnly: true },
      );
    },
  );
  app.post(
    "/api/v1/lookback/runs/:id/cancel",
    { schema: { tags, summary: "取消比对 Cancel a run", params: Id, response: { 200: RunView } } },
    async (request) => {
      requirePermission(request, NEEDS);
      const { id } = request.params;
      await withActor(pools, request.actor, (tx) => cancelRun(tx, id));
      runner.abort(id);
      const read = (tx: Tx) => readRun(tx, id, sealer, progressOf);
      return withActor(pools, request.actor, read, { readOnly: true });
    },
  );
  app.post(
    "/api/v1/lookback/runs/:id/send",
    {
      schema: {
        tags,
        summary: "下发线索 Send the clues to the townships",
        params: Id,
        body: SendRunRequest,
        response: { 200: RunView },
      },
    },
    async (request) => {
      requirePermission(request, NEEDS);
      const { id } = request.params;
      return withActor(pools, request.actor, async (tx) => {
        await sendRun(tx, id, request.body, { sealer, today: today() });
        return readRun(tx, id, sealer, progressOf);
      });
    },
  );
}
