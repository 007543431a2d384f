/** HTTP of workbooks: out, in, and back with marks. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { withActor } from "../../../platform/db/actor.ts";
import { openProgress, ownKey } from "../../../platform/http/progress.ts";
import { receiveFile } from "../../../platform/http/receive-file.ts";
import { requirePermission } from "../../../platform/http/require-permission.ts";
import { period as readPeriod } from "../../../shared/period.ts";
import { ProgressKey, UploadProgress, UploadView, WorkbookQuery } from "../contract.ts";
import type { ReturnsDeps } from "../deps.ts";
import { readChecking } from "../filing/findings.ts";
import { getReturn, readContent } from "../filing/read-return.ts";
import { originOfPast } from "../filing/synthetic-past.ts";
import { requireLooking } from "../filing/routes.ts";
import { FILE_NOT_FOUND } from "../problems.ts";
import { loadViewer } from "../viewer.ts";
import { findContent } from "./files-store.ts";
import type { FileContent } from "./files-store.ts";
import { markWorkbook } from "./mark-workbook.ts";
import { requireSeen, uploadWorkbook } from "./upload.ts";
import { writeReturnWorkbook } from "./write-workbook.ts";

const Id = z.object({ id: z.coerce.number().int().positive() });
const IdAndFile = Id.extend({ file: z.coerce.number().int().positive() });
const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export function workbookRoutes(server: FastifyInstance, deps: ReturnsDeps): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const { pools, workbookKey } = deps;
  const tags = ["returns"];
  const progress = openProgress<UploadProgress>({
    waiting: { step: "waiting", done: 0, of: null },
    done: { step: "done", done: 0, of: null },
  });

  app.get(
    "/api/v1/returns/:id/workbook",
    {
      schema: {
        tags,
        summary: "下载工作簿 The return as a workbook to fill in",
        params: Id,
        querystring: WorkbookQuery,
      },
    },
    async (request, reply) => {
      requireLooking(request);
      const { one, input } = await withActor(pools, request.actor, async (tx) => {
        const viewer = await loadViewer(tx, request.permissions);
        const seen = await getReturn(tx, request.params.id, viewer);
        const { form, surroundings } = await readChecking(tx, seen, viewer);
        const past = await originOfPast(tx, seen, form);
        return { one: seen, input: { form, surroundings, past, rows: await readContent(tx, seen, form) } };
      });
      const bytes = await writeReturnWorkbook({
        form: input.form,
        formVersion: one.formVersion,
        period: readPeriod(one.period),
        unit: { code: one.unitCode, nameZh: one.unitZh },
        rows: input.rows,
        last: input.surroundings.last,
        lastYear: input.surroundings.lastYear,
        isPrefilled: request.query.prefilled === "true",
        dueDay: one.dueDay,
        isSynthetic: one.origin === "synthetic" || input.past === "synthetic",
        key: workbookKey,
      });
      return sendBook(reply, `${one.form}-${one.period}-${one.unitCode}.xlsx`, bytes);
    },
  );
  app.get(
    "/api/v1/returns/uploads/:key",
    {
      schema: {
        tags,
        summary: "上传进度 How far an upload is",
        params: z.object({ key: ProgressKey }),
        response: { 200: UploadProgress },
      },
    },
    (request) => {
      requirePermission(request, "returns.file");
      return progress.read(ownKey(request, request.params.key));
    },
  );
  app.post(
    "/api/v1/returns/:id/workbook",
    {
      schema: {
        tags,
        summary: "上传工作簿 Fill in by workbook (multipart “file”; before it optionally “progress”)",
        params: Id,
        response: { 200: UploadView },
      },
    },
    async (request) => {
      requirePermission(request, "returns.file");
      const { file, fields } = await receiveFile(request, deps.uploadLimit);
      const key = ProgressKey.safeParse(fields.get("progress"));
      const telling = progress.begin(key.success ? ownKey(request, key.data) : undefined);
      try {
        return await uploadWorkbook(deps, request.params.id, {
          actor: request.actor,
          rights: request.permissions,
          file,
          tell: (view) => telling.tell(view),
        });
      } finally {
        telling.end();
      }
    },
  );
  app.get(
    "/api/v1/returns/:id/files/:file",
    { schema: { tags, summary: "原件 A workbook as it came in", params: IdAndFile } },
    async (request, reply) => {
      const { name, content } = await readFile(request, request.params);
      return sendBook(reply, name, content);
    },
  );
  app.get(
    "/api/v1/returns/:id/files/:file/marked",
    {
      schema: { tags, summary: "标注稿 The same workbook with every problem at its cell", params: IdAndFile },
    },
    async (request, reply) => {
      const { name, content, problems } = await readFile(request, request.params);
      const marked = await markWorkbook(content, problems);
      return sendBook(reply, name.replace(/(\.xlsx)?$/i, "-标注.xlsx"), marked);
    },
  );

  /** @throws FORBIDDEN, RETURN_NOT_FOUND, RETURN_FILE_NOT_FOUND */
  function readFile(
    request: FastifyRequest,
    { id, file }: { id: number; file: number },
  ): Promise<FileContent> {
    requireLooking(request);
    return withActor(pools, request.actor, async (tx) => {
      const seen = await requireSeen(tx, id, request.permissions);
      const found = await findContent(tx, seen, file);
      if (found === undefined) throw FILE_NOT_FOUND();
      return found;
    });
  }
}

function sendBook(reply: FastifyReply, name: string, bytes: Buffer): FastifyReply {
  return reply
    .type(xlsx)
    .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .send(bytes);
}
