/** HTTP of clues and notices. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { withActor } from "../../../platform/db/actor.ts";
import type { Tx } from "../../../platform/db/actor.ts";
import "../../../platform/http/request-actor.ts";
import {
  CluePage,
  ClueQuery,
  ClueStepRequest,
  ClueSummary,
  ClueView,
  DrawnView,
  DrawSampleRequest,
  EffectView,
  EvidenceFileView,
  NoticeList,
  NoticeView,
  PostNoticeRequest,
  ReminderList,
} from "../contract.ts";
import type { ReliefDeps } from "../deps.ts";
import { requirePermission } from "../../../platform/http/require-permission.ts";
import { drawRecheck } from "./draw-recheck.ts";
import { addPicture, openPicture, receivePicture } from "./evidence-files.ts";
import { exportClues } from "./export-clues.ts";
import { renderNotice, streamNotice } from "./notice-documents.ts";
import { readNoticed } from "./noticed-clues.ts";
import { postNotice, readNotice, readNotices, takeNoticeEffect } from "./notices.ts";
import { readReminders } from "./reminders.ts";
import { stepClue } from "./step-clue.ts";
import { readClue, readCluePage, readClueSummary } from "./view-clues.ts";

const Id = z.object({ id: z.coerce.number().int().positive() });
const Within = z.object({ within: z.coerce.number().int().optional() });
const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export function clueRoutes(server: FastifyInstance, deps: ReliefDeps): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const { pools, sealer, today } = deps;
  const tags = ["clues"];
  const reading = <T>(request: FastifyRequest, work: (tx: Tx) => Promise<T>): Promise<T> => {
    requirePermission(request, "clues.read");
    return withActor(pools, request.actor, work, { readOnly: true });
  };
  const looking = (request: FastifyRequest) => ({ sealer, rights: request.permissions, today: today() });

  app.get(
    "/api/v1/clues",
    {
      schema: {
        tags,
        summary: "线索 Clues, by what is due first",
        querystring: ClueQuery,
        response: { 200: CluePage },
      },
    },
    (request) => reading(request, (tx) => readCluePage(tx, request.query, today())),
  );
  app.get(
    "/api/v1/clues/summary",
    {
      schema: {
        tags,
        summary: "进度 Progress by township",
        querystring: Within,
        response: { 200: ClueSummary },
      },
    },
    (request) => reading(request, (tx) => readClueSummary(tx, request.query.within, today())),
  );
  app.get(
    "/api/v1/clues/reminders",
    { schema: { tags, summary: "提醒 Reminders", response: { 200: ReminderList } } },
    (request) => reading(request, async (tx) => ({ items: await readReminders(tx, today()) })),
  );
  app.get(
    "/api/v1/clues/export",
    {
      schema: {
        tags,
        summary: "导出线索 Export, masked",
        querystring: ClueQuery.extend({ format: z.enum(["xlsx", "csv"]) }),
      },
    },
    async (request, reply) => {
      requirePermission(request, "clues.read");
      const stream = await withActor(pools, request.actor, (tx) => exportClues(tx, request.query, today()));
      const { format } = request.query;
      return reply
        .type(format === "csv" ? "text/csv; charset=utf-8" : xlsx)
        .header("content-disposition", `attachment; filename="taizhang-clues.${format}"`)
        .send(stream);
    },
  );
  app.get(
    "/api/v1/clues/:id",
    { schema: { tags, summary: "一条线索 One clue, both sides", params: Id, response: { 200: ClueView } } },
    (request) => reading(request, (tx) => readClue(tx, request.params.id, looking(request))),
  );
  app.post(
    "/api/v1/clues/:id/steps",
    {
      schema: {
        tags,
        summary: "办理 One step of a clue",
        params: Id,
        body: ClueStepRequest,
        response: { 200: ClueView },
      },
    },
    async (request) => {
      requirePermission(request, "clues.read");
      const { id } = request.params;
      return withActor(pools, request.actor, async (tx) => {
        await stepClue(tx, id, request.body, looking(request));
        return readClue(tx, id, looking(request));
      });
    },
  );
  app.post(
    "/api/v1/clues/:id/files",
    {
      schema: {
        tags,
        summary: "入户照片、签名 A photograph or signature",
        params: Id,
        response: { 201: EvidenceFileView },
      },
    },
    async (request, reply) => {
      requirePermission(request, "clues.read");
      const picture = await receivePicture(request);
      const added = await withActor(pools, request.actor, (tx) =>
        addPicture(tx, request.params.id, picture, looking(request)),
      );
      return reply.code(201).send(added);
    },
  );
  app.get(
    "/api/v1/clues/:id/files/:file",
    { schema: { tags, summary: "看照片 One picture", params: Id.extend({ file: z.coerce.number().int() }) } },
    async (request, reply) => {
      requirePermission(request, "clues.read");
      const { id, file } = request.params;
      const picture = await withActor(pools, request.actor, (tx) => openPicture(tx, id, file, sealer));
      return reply
        .type(picture.mediaType)
        .header("cache-control", "private, no-store")
        .header("content-security-policy", "default-src 'none'; sandbox")
        .send(picture.bytes);
    },
  );
  app.post(
    "/api/v1/clues/sample",
    {
      schema: {
        tags,
        summary: "抽查 Draw a re-check sample",
        body: DrawSampleRequest,
        response: { 200: DrawnView },
      },
    },
    async (request) => {
      requirePermission(request, "clues.review");
      return withActor(pools, request.actor, (tx) => drawRecheck(tx, request.body, today()));
    },
  );
  noticeRoutes(server, deps);
}

function noticeRoutes(server: FastifyInstance, { pools, today }: ReliefDeps): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const tags = ["notices"];

  app.get(
    "/api/v1/notices",
    { schema: { tags, summary: "公示 Notices", response: { 200: NoticeList } } },
    (request) => {
      requirePermission(request, "clues.read");
      const read = async (tx: Tx) => ({ items: await readNotices(tx, today()) });
      return withActor(pools, request.actor, read, { readOnly: true });
    },
  );
  app.get(
    "/api/v1/notices/:id",
    { schema: { tags, summary: "一份公示 One notice", params: Id, response: { 200: NoticeView } } },
    (request) => {
      requirePermission(request, "clues.read");
      const read = (tx: Tx) => readNotice(tx, request.params.id, today());
      return withActor(pools, request.actor, read, { readOnly: true });
    },
  );
  app.post(
    "/api/v1/notices",
    {
      schema: {
        tags,
        summary: "发布公示 Post a notice",
        body: PostNoticeRequest,
        response: { 201: NoticeView },
      },
    },
    async (request, reply) => {
      requirePermission(request, "clues.review");
      const view = await withActor(pools, request.actor, async (tx) => {
        const id = await postNotice(tx, request.body, today());
        return readNotice(tx, id, today());
      });
      return reply.code(201).send(view);
    },
  );
  app.post(
    "/api/v1/notices/:id/effect",
    {
      schema: {
        tags,
        summary: "生效 Take effect on the registry",
        params: Id,
        response: { 200: EffectView },
      },
    },
    (request) => {
      requirePermission(request, "clues.review");
      return withActor(pools, request.actor, (tx) => takeNoticeEffect(tx, request.params.id, today()));
    },
  );
  app.get(
    "/api/v1/notices/:id/document",
    {
      schema: {
        tags,
        summary: "公示文件 The notice as Word or workbook, masked",
        params: Id,
        querystring: z.object({ format: z.enum(["docx", "xlsx"]) }),
      },
    },
    async (request, reply) => {
      requirePermission(request, "clues.read");
      const { id } = request.params;
      const { notice, clues } = await withActor(
        pools,
        request.actor,
        async (tx) => ({ notice: await readNotice(tx, id, today()), clues: await readNoticed(tx, id) }),
        { readOnly: true },
      );
      const { format } = request.query;
      const name = encodeURIComponent(`${notice.title}.${format}`);
      reply
        .type(format === "docx" ? docx : xlsx)
        .header(
          "content-disposition",
          `attachment; filename="notice-${id}.${format}"; filename*=UTF-8''${name}`,
        );
      if (format === "xlsx") return reply.send(streamNotice(clues));
      return reply.send(Buffer.from(await renderNotice(notice, clues, today())));
    },
  );
}
