/** HTTP of returns: lists, filling in, the course. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { withActor } from "../../../platform/db/actor.ts";
import type { Tx } from "../../../platform/db/actor.ts";
import { FORBIDDEN } from "../../../platform/problem.ts";
import { requirePermission } from "../../../platform/http/require-permission.ts";
import {
  BulkStepRequest,
  BulkStepView,
  EditCellsRequest,
  EditedView,
  ExplainRequest,
  ReturnPage,
  ReturnQuery,
  ReturnStepRequest,
  ReturnView,
  ReturnViewQuery,
} from "../contract.ts";
import type { ReturnsDeps } from "../deps.ts";
import { loadViewer } from "../viewer.ts";
import type { Viewer } from "../viewer.ts";
import { editCells } from "./edit-cells.ts";
import { explain } from "./explain.ts";
import { readReturn, readReturnPage } from "./read-return.ts";
import { passSeveral } from "./pass-several.ts";
import { stepReturn } from "./step-return.ts";

const Id = z.object({ id: z.coerce.number().int().positive() });

/** What is in scope, or what is of the own unit. @throws FORBIDDEN */
export function requireLooking(request: Pick<FastifyRequest, "permissions">): void {
  if (!request.permissions.has("returns.read") && !request.permissions.has("returns.own")) throw FORBIDDEN();
}

export function filingRoutes(server: FastifyInstance, { pools, now, today }: ReturnsDeps): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const tags = ["returns"];
  const looking = <T>(request: FastifyRequest, work: (tx: Tx, viewer: Viewer) => Promise<T>): Promise<T> => {
    requireLooking(request);
    return withActor(
      pools,
      request.actor,
      async (tx) => work(tx, await loadViewer(tx, request.permissions)),
      { readOnly: true },
    );
  };
  const filing = <T>(request: FastifyRequest, work: (tx: Tx, viewer: Viewer) => Promise<T>): Promise<T> => {
    requirePermission(request, "returns.file");
    return withActor(pools, request.actor, async (tx) => work(tx, await loadViewer(tx, request.permissions)));
  };

  app.get(
    "/api/v1/returns",
    {
      schema: {
        tags,
        summary: "报送 Returns, by what is due first",
        querystring: ReturnQuery,
        response: { 200: ReturnPage },
      },
    },
    (request) => looking(request, (tx, viewer) => readReturnPage(tx, request.query, viewer, today())),
  );
  app.get(
    "/api/v1/returns/:id",
    {
      schema: {
        tags,
        summary: "一份报送 One return with its rows, findings and course",
        params: Id,
        querystring: ReturnViewQuery,
        response: { 200: ReturnView },
      },
    },
    (request) =>
      looking(request, (tx, viewer) =>
        readReturn(tx, request.params.id, { viewer, today: today(), ...request.query }),
      ),
  );
  app.patch(
    "/api/v1/returns/:id/cells",
    {
      schema: {
        tags,
        summary: "填报 Fill in cells",
        params: Id,
        body: EditCellsRequest,
        response: { 200: EditedView },
      },
    },
    (request) =>
      filing(request, (tx, viewer) => editCells(tx, request.params.id, request.body, { viewer, now: now() })),
  );
  app.put(
    "/api/v1/returns/:id/explanations",
    {
      schema: {
        tags,
        summary: "说明 Explain a soft finding",
        params: Id,
        body: ExplainRequest,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await filing(request, (tx, viewer) =>
        explain(tx, request.params.id, request.body, { viewer, now: now() }),
      );
      return reply.code(204).send(null);
    },
  );
  app.post(
    "/api/v1/returns/:id/steps",
    {
      schema: {
        tags,
        summary: "办理 One step of a return",
        params: Id,
        body: ReturnStepRequest,
        response: { 200: ReturnView },
      },
    },
    (request) => {
      requireActing(request);
      const { id } = request.params;
      return withActor(pools, request.actor, async (tx) => {
        const viewer = await loadViewer(tx, request.permissions);
        await stepReturn(tx, id, request.body, { viewer, now: now() });
        return readReturn(tx, id, { viewer, today: today() });
      });
    },
  );
  app.post(
    "/api/v1/returns/accept",
    {
      schema: {
        tags,
        summary: "批量审核 Pass or accept several, each for itself",
        body: BulkStepRequest,
        response: { 200: BulkStepView },
      },
    },
    (request) => {
      requirePermission(request, "returns.review");
      const stepping = { pools, permissions: request.permissions, now: now(), today: today() };
      return passSeveral(stepping, request.actor, request.body.items);
    },
  );
}

/** @throws FORBIDDEN */
function requireActing(request: FastifyRequest): void {
  if (!request.permissions.has("returns.file") && !request.permissions.has("returns.review"))
    throw FORBIDDEN();
}
