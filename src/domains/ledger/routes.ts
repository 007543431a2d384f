/** HTTP of the ledger. */
import type { MultipartFile } from "@fastify/multipart";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { withActor } from "../../platform/db/actor.ts";
import type { Pools } from "../../platform/db/pool.ts";
import { requirePermission } from "../../platform/http/require-permission.ts";
import { INVALID_REQUEST } from "../../platform/problem.ts";
import { correctFigure } from "./actions/correct-figure.ts";
import { exportFigures } from "./actions/export-figures.ts";
import { readFigure, readFigurePage, requireReader, toMeasureView } from "./actions/read-figures.ts";
import { importFigures, recordFigures } from "./actions/record-figures.ts";
import {
  CorrectFigureRequest,
  FigureDetail,
  FigurePage,
  FigureQuery,
  MeasureList,
  RecordFiguresRequest,
  RecordedView,
} from "./contract.ts";
import { loadMeasures } from "./measure-catalog.ts";
import { UNREADABLE_FILE } from "./problems.ts";

export type LedgerRouteDeps = { pools: Pools; today: () => string };

const Id = z.object({ id: z.coerce.number().int().positive() });
const IdempotencyHeader = z.object({ "idempotency-key": z.string().min(1).max(200).optional() });

export function ledgerRoutes(server: FastifyInstance, deps: LedgerRouteDeps): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const { pools } = deps;
  const tags = ["ledger"];

  app.get(
    "/api/v1/measures",
    { schema: { tags, summary: "指标目录 Measures", response: { 200: MeasureList } } },
    async (request) => {
      requireReader(request.actor);
      const catalog = await withActor(pools, request.actor, loadMeasures, { readOnly: true });
      return { items: catalog.list.map(toMeasureView) };
    },
  );

  app.get(
    "/api/v1/figures",
    {
      schema: {
        tags,
        summary: "数据列表 Current figures, a page at a time",
        querystring: FigureQuery,
        response: { 200: FigurePage },
      },
    },
    (request) => readFigurePage(pools, request.actor, request.query),
  );

  app.get(
    "/api/v1/figures/:id",
    {
      schema: {
        tags,
        summary: "一个数据及其来源与历次更正 One figure",
        params: Id,
        response: { 200: FigureDetail },
      },
    },
    (request) => readFigure(pools, request.actor, request.params.id),
  );

  const ExportQuery = FigureQuery.omit({ limit: true, cursor: true }).extend({
    format: z.enum(["xlsx", "csv"]),
  });
  app.get(
    "/api/v1/figures/export",
    { schema: { tags, summary: "导出 Export as a workbook or CSV", querystring: ExportQuery } },
    async (request, reply) => {
      requirePermission(request, "figures.export");
      const { format } = request.query;
      const stream = await exportFigures(pools, request.actor, { ...request.query, limit: 200 });
      const type =
        format === "csv"
          ? "text/csv; charset=utf-8"
          : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
      return reply
        .type(type)
        .header("content-disposition", `attachment; filename="taizhang-figures.${format}"`)
        .send(stream);
    },
  );

  app.post(
    "/api/v1/figures",
    {
      schema: {
        tags,
        summary: "记录 Record typed rows, all or none",
        headers: IdempotencyHeader,
        body: RecordFiguresRequest,
        response: { 201: RecordedView, 200: RecordedView },
      },
    },
    async (request, reply) => {
      requirePermission(request, "figures.write");
      const recorded = await recordFigures(pools, request.actor, deps.today(), {
        title: request.body.title,
        kind: "person",
        fileName: null,
        idempotency: request.headers["idempotency-key"] ?? null,
        rows: request.body.rows.map((row, i) => ({ ...row, line: i + 1 })),
      });
      return reply.code(recorded.repeated ? 200 : 201).send(recorded);
    },
  );

  app.post(
    "/api/v1/figures/import",
    {
      schema: {
        tags,
        summary: "导入 CSV Import a CSV file (multipart field “file”)",
        response: { 201: RecordedView, 200: RecordedView },
      },
    },
    async (request, reply) => {
      requirePermission(request, "figures.write");
      if (!request.isMultipart())
        throw INVALID_REQUEST({
          detail: { zh: "请以 multipart/form-data 上传文件", en: "Send the file as multipart/form-data" },
        });
      const part = await request.file();
      if (!part) throw UNREADABLE_FILE({ detail: { zh: "没有收到文件", en: "No file was received" } });
      const key = request.headers["idempotency-key"];
      const recorded = await importFigures(pools, request.actor, deps.today(), {
        title: titleOf(part),
        kind: "file",
        fileName: part.filename.slice(0, 200),
        idempotency: typeof key === "string" && key !== "" ? key.slice(0, 200) : null,
        content: part.file,
        truncated: () => part.file.truncated,
      });
      return reply.code(recorded.repeated ? 200 : 201).send(recorded);
    },
  );

  app.post(
    "/api/v1/figures/:id/corrections",
    {
      schema: {
        tags,
        summary: "更正 Correct a figure; both values are kept",
        params: Id,
        body: CorrectFigureRequest,
        response: { 201: FigureDetail },
      },
    },
    async (request, reply) => {
      requirePermission(request, "figures.correct");
      const id = await correctFigure(pools, request.actor, { id: request.params.id, ...request.body });
      return reply.code(201).send(await readFigure(pools, request.actor, id));
    },
  );
}

/** The title typed with the file (a field before it), else its name. */
function titleOf(part: MultipartFile): string {
  const field = part.fields["title"];
  const typed =
    field !== undefined && "value" in field && typeof field.value === "string" ? field.value.trim() : "";
  return (typed === "" ? part.filename : typed).slice(0, 200);
}
