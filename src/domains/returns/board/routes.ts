/** HTTP of the board, the inbox and where units are reminded. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { withActor } from "../../../platform/db/actor.ts";
import type { Tx } from "../../../platform/db/actor.ts";
import { FORBIDDEN } from "../../../platform/problem.ts";
import { requirePermission } from "../../../platform/http/require-permission.ts";
import {
  BoardQuery,
  BoardView,
  ContactList,
  InboxList,
  RemindedView,
  RemindRequest,
  SaveContactRequest,
  SendAgainRequest,
  SentAgainView,
  UndeliveredList,
} from "../contract.ts";
import type { ReturnsDeps } from "../deps.ts";
import { requireLooking } from "../filing/routes.ts";
import { readContacts, saveContact } from "../inbox/contacts.ts";
import { markRead, readInbox } from "../inbox/read-inbox.ts";
import { remindNow } from "../inbox/remind.ts";
import { listUndelivered, sendAgain } from "../inbox/undelivered.ts";
import { loadViewer } from "../viewer.ts";
import type { Viewer } from "../viewer.ts";
import { exportBoard } from "./export-board.ts";
import { readBoard } from "./read-board.ts";

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export function boardRoutes(server: FastifyInstance, { pools, today }: ReturnsDeps): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const tags = ["returns"];
  const as = <T>(request: FastifyRequest, work: (tx: Tx, viewer: Viewer) => Promise<T>): Promise<T> =>
    withActor(pools, request.actor, async (tx) => work(tx, await loadViewer(tx, request.permissions)));

  app.get(
    "/api/v1/returns/board",
    {
      schema: {
        tags,
        summary: "报送情况 Who has reported and who has not",
        querystring: BoardQuery,
        response: { 200: BoardView },
      },
    },
    (request) => {
      requireLooking(request);
      return as(request, (tx, viewer) => readBoard(tx, request.query, { viewer, today: today() }));
    },
  );
  app.get(
    "/api/v1/returns/board/export",
    {
      schema: {
        tags,
        summary: "导出报送情况 The board as a file",
        querystring: BoardQuery.extend({ format: z.enum(["xlsx", "csv"]) }),
      },
    },
    async (request, reply) => {
      requireLooking(request);
      const board = await as(request, (tx, viewer) =>
        readBoard(tx, request.query, { viewer, today: today() }),
      );
      const { format, form } = request.query;
      return reply
        .type(format === "csv" ? "text/csv; charset=utf-8" : xlsx)
        .header("content-disposition", `attachment; filename="taizhang-${form}.${format}"`)
        .send(exportBoard(board, format));
    },
  );
  app.get(
    "/api/v1/returns/inbox",
    { schema: { tags, summary: "消息 The unit's inbox", response: { 200: InboxList } } },
    (request) => {
      requireLooking(request);
      return as(request, (tx, viewer) => readInbox(tx, { viewer, today: today() }));
    },
  );
  app.post(
    "/api/v1/returns/inbox/:id/read",
    {
      schema: {
        tags,
        summary: "已读 Mark as read",
        params: z.object({ id: z.coerce.number().int().positive() }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      requirePermission(request, "returns.file");
      await as(request, (tx, viewer) => markRead(tx, request.params.id, viewer));
      return reply.code(204).send(null);
    },
  );
  app.post(
    "/api/v1/returns/remind",
    {
      schema: {
        tags,
        summary: "催报 Remind those who have not submitted",
        body: RemindRequest,
        response: { 200: RemindedView },
      },
    },
    async (request) => {
      if (!request.permissions.has("returns.review") && !request.permissions.has("returns.design"))
        throw FORBIDDEN();
      return {
        reminded: await as(request, (tx, viewer) => remindNow(tx, request.body, { viewer, today: today() })),
      };
    },
  );
  app.get(
    "/api/v1/returns/undelivered",
    {
      schema: {
        tags,
        summary: "未送达的提醒 Reminders that did not go out",
        response: { 200: UndeliveredList },
      },
    },
    (request) => {
      requirePermission(request, "returns.design");
      return as(request, (tx, viewer) => listUndelivered(tx, { viewer, today: today() }));
    },
  );
  app.post(
    "/api/v1/returns/undelivered/again",
    {
      schema: {
        tags,
        summary: "再次发送 Send reminders again",
        body: SendAgainRequest,
        response: { 200: SentAgainView },
      },
    },
    async (request) => {
      requirePermission(request, "returns.design");
      return { again: await as(request, (tx, viewer) => sendAgain(tx, request.body.items, viewer)) };
    },
  );
  app.get(
    "/api/v1/returns/contacts",
    { schema: { tags, summary: "提醒邮箱 Where units are reminded", response: { 200: ContactList } } },
    (request) => {
      requireLooking(request);
      return as(request, (tx, viewer) => readContacts(tx, viewer));
    },
  );
  app.put(
    "/api/v1/returns/contacts/:unit",
    {
      schema: {
        tags,
        summary: "设置提醒邮箱 Set a unit's address",
        params: z.object({ unit: z.coerce.number().int().positive() }),
        body: SaveContactRequest,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      requirePermission(request, "returns.file");
      await as(request, (tx, viewer) => saveContact(tx, request.params.unit, request.body.email, viewer));
      return reply.code(204).send(null);
    },
  );
}
