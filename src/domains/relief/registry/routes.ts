/** HTTP of the registry. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { withActor } from "../../../platform/db/actor.ts";
import type { Tx } from "../../../platform/db/actor.ts";
import { INVALID_REQUEST } from "../../../platform/problem.ts";
import {
  FindPersonRequest,
  FoundPersons,
  HouseholdView,
  ImportList,
  ImportView,
  PersonPage,
  PersonQuery,
  ProgressKey,
  ProgressView,
  RecordIncomeRequest,
  RecordMeasureRequest,
  RecusalRequest,
  RegistryActionRequest,
  RegistrySummary,
  UnmaskedView,
  UnmaskRequest,
} from "../contract.ts";
import { maskFileName } from "../core/masks.ts";
import type { ReliefDeps } from "../deps.ts";
import { openProgress, ownKey } from "../../../platform/http/progress.ts";
import type { Progress } from "../../../platform/http/progress.ts";
import { requirePermission } from "../../../platform/http/require-permission.ts";
import { actOnHousehold, recordIncome, recordMeasure, recuse } from "./change-household.ts";
import { exportPersons } from "./export-persons.ts";
import { importRegistry } from "./import-registry.ts";
import { listImports } from "./import-store.ts";
import { readHousehold, unmaskHousehold } from "./read-household.ts";
import { findPersons, readPersonPage } from "./read-persons.ts";
import { readSummary } from "./read-summary.ts";

const Id = z.object({ id: z.coerce.number().int().positive() });
const tags = ["relief"];

export function registryRoutes(server: FastifyInstance, deps: ReliefDeps): void {
  personRoutes(server, deps);
  householdRoutes(server, deps);
  importRoutes(
    server,
    deps,
    openProgress<ProgressView>({
      waiting: { step: "waiting", done: 0, of: null },
      done: { step: "done", done: 1, of: 1 },
    }),
  );
}

function personRoutes(server: FastifyInstance, { pools, sealer, today }: ReliefDeps): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const read = <T>(request: FastifyRequest, work: (tx: Tx) => Promise<T>): Promise<T> => {
    requirePermission(request, "registry.read");
    return withActor(pools, request.actor, work, { readOnly: true });
  };

  const Within = z.object({ within: z.coerce.number().int().optional() });
  app.get(
    "/api/v1/relief/summary",
    {
      schema: {
        tags,
        summary: "台账概况 The registry in numbers",
        querystring: Within,
        response: { 200: RegistrySummary },
      },
    },
    (request) => read(request, (tx) => readSummary(tx, request.query.within)),
  );
  app.get(
    "/api/v1/relief/persons",
    {
      schema: {
        tags,
        summary: "建档立卡人口 Registered persons",
        querystring: PersonQuery,
        response: { 200: PersonPage },
      },
    },
    (request) => read(request, (tx) => readPersonPage(tx, request.query)),
  );
  app.post(
    "/api/v1/relief/persons/find",
    {
      schema: {
        tags,
        summary: "按证件号码查找 Find by a full ID number, which travels in the body",
        body: FindPersonRequest,
        response: { 200: FoundPersons },
      },
    },
    (request) =>
      read(request, async (tx) => ({
        items: await findPersons(tx, { sealer, today: today() }, request.body.idNumber),
      })),
  );

  const ExportQuery = PersonQuery.omit({ limit: true, cursor: true }).extend({
    format: z.enum(["xlsx", "csv"]),
  });
  app.get(
    "/api/v1/relief/persons/export",
    { schema: { tags, summary: "导出 Export, masked, as a workbook or CSV", querystring: ExportQuery } },
    async (request, reply) => {
      requirePermission(request, "registry.read");
      const { format } = request.query;
      const stream = await exportPersons(pools, request.actor, request.query);
      const type =
        format === "csv"
          ? "text/csv; charset=utf-8"
          : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
      return reply
        .type(type)
        .header("content-disposition", `attachment; filename="taizhang-registry.${format}"`)
        .header("cache-control", "no-store")
        .send(stream);
    },
  );
}

function householdRoutes(server: FastifyInstance, { pools, sealer, today }: ReliefDeps): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const change = (
    request: FastifyRequest,
    id: number,
    work: (tx: Tx) => Promise<void>,
  ): Promise<HouseholdView> => {
    requirePermission(request, "registry.write");
    return withActor(pools, request.actor, async (tx) => {
      await work(tx);
      return readHousehold(tx, id);
    });
  };

  app.get(
    "/api/v1/relief/households/:id",
    { schema: { tags, summary: "一户 One household", params: Id, response: { 200: HouseholdView } } },
    (request) => {
      requirePermission(request, "registry.read");
      return withActor(pools, request.actor, (tx) => readHousehold(tx, request.params.id), {
        readOnly: true,
      });
    },
  );
  app.post(
    "/api/v1/relief/households/:id/unmask",
    {
      schema: {
        tags,
        summary: "查看完整号码 Numbers in full; the purpose is kept in the audit trail",
        params: Id,
        body: UnmaskRequest,
        response: { 200: UnmaskedView },
      },
    },
    async (request, reply) => {
      requirePermission(request, "registry.unmask");
      const asked = { id: request.params.id, purpose: request.body.purpose };
      void reply.header("cache-control", "no-store");
      return withActor(pools, request.actor, (tx) => unmaskHousehold(tx, sealer, asked));
    },
  );
  app.post(
    "/api/v1/relief/households/:id/measures",
    {
      schema: {
        tags,
        summary: "记录帮扶措施 Record help",
        params: Id,
        body: RecordMeasureRequest,
        response: { 201: HouseholdView },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const view = await change(request, id, (tx) => recordMeasure(tx, today(), { id, ...request.body }));
      return reply.code(201).send(view);
    },
  );
  const Year = Id.extend({ year: z.coerce.number().int().min(1990).max(2200) });
  app.put(
    "/api/v1/relief/households/:id/incomes/:year",
    {
      schema: {
        tags,
        summary: "记录一年收入 Record the income of a year",
        params: Year,
        body: RecordIncomeRequest,
        response: { 200: HouseholdView },
      },
    },
    (request) => {
      const { id, year } = request.params;
      return change(request, id, (tx) => recordIncome(tx, today(), { id, year, ...request.body }));
    },
  );
  app.post(
    "/api/v1/relief/households/:id/actions",
    {
      schema: {
        tags,
        summary: "脱贫、返贫 Exit or return",
        params: Id,
        body: RegistryActionRequest,
        response: { 201: HouseholdView },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const view = await change(request, id, (tx) => actOnHousehold(tx, today(), { id, ...request.body }));
      return reply.code(201).send(view);
    },
  );
  app.post(
    "/api/v1/relief/households/:id/recusals",
    {
      schema: {
        tags,
        summary: "登记回避 Record who must not verify it",
        params: Id,
        body: RecusalRequest,
        response: { 201: HouseholdView },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const view = await change(request, id, (tx) => recuse(tx, { id, ...request.body }));
      return reply.code(201).send(view);
    },
  );
}

function importRoutes(server: FastifyInstance, deps: ReliefDeps, progress: Progress<ProgressView>): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  app.get(
    "/api/v1/relief/imports",
    { schema: { tags, summary: "导入记录 Imports", response: { 200: ImportList } } },
    (request) => {
      requirePermission(request, "registry.read");
      const read = async (tx: Tx): Promise<ImportList> => ({
        items: (await listImports(tx)).map((one) => ({ ...one, repeated: false })),
      });
      return withActor(deps.pools, request.actor, read, { readOnly: true });
    },
  );
  app.get(
    "/api/v1/relief/imports/progress/:key",
    {
      schema: {
        tags,
        summary: "导入进度 How far an import is",
        params: z.object({ key: ProgressKey }),
        response: { 200: ProgressView },
      },
    },
    async (request) => {
      requirePermission(request, "registry.import");
      return progress.read(ownKey(request, request.params.key));
    },
  );
  app.post(
    "/api/v1/relief/imports",
    {
      schema: {
        tags,
        summary:
          "导入台账 Import an export of the national system (multipart “file”; before it optionally “progress”, “title”, and “doubts” = keep)",
        response: { 201: ImportView, 200: ImportView },
      },
    },
    async (request, reply) => {
      requirePermission(request, "registry.import");
      const made = await receiveImport(request, deps, progress);
      return reply.code(made.repeated ? 200 : 201).send(made);
    },
  );
}

async function receiveImport(
  request: FastifyRequest,
  deps: ReliefDeps,
  progress: Progress<ProgressView>,
): Promise<ImportView> {
  if (!request.isMultipart())
    throw INVALID_REQUEST({
      detail: { zh: "请以 multipart/form-data 上传文件", en: "Send the file as multipart/form-data" },
    });
  const part = await request.file();
  if (!part) throw INVALID_REQUEST({ detail: { zh: "没有收到文件", en: "No file was received" } });
  const field = (name: string): string => {
    const given = part.fields[name];
    return given !== undefined && "value" in given && typeof given.value === "string"
      ? given.value.trim()
      : "";
  };
  const key = ProgressKey.safeParse(field("progress"));
  const telling = progress.begin(key.success ? ownKey(request, key.data) : undefined);
  const total = Number(request.headers["content-length"] ?? 0) || null;
  try {
    const fileName = maskFileName(part.filename.slice(-200));
    const made = await importRegistry(
      request.actor,
      {
        title: maskFileName(field("title").slice(0, 100)) || fileName,
        origin: "file",
        fileName,
        keepDoubts: field("doubts") === "keep",
        file: {
          content: part.file,
          truncated: () => part.file.truncated,
          onBytes: (done) => telling.tell({ step: "reading", done, of: total }),
        },
      },
      { pools: deps.pools, sealer: deps.sealer, today: deps.today(), tell: (view) => telling.tell(view) },
    );
    return sumOf(made);
  } finally {
    telling.end();
  }
}

/** A file of several counties is one import for each; the answer is the first with the counts of all. */
function sumOf(made: readonly ImportView[]): ImportView {
  const sum = (key: "persons" | "households" | "added" | "changed" | "absent"): number =>
    made.reduce((total, one) => total + one[key], 0);
  return {
    ...(made[0] as ImportView),
    persons: sum("persons"),
    households: sum("households"),
    added: sum("added"),
    changed: sum("changed"),
    absent: sum("absent"),
  };
}
