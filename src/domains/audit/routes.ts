/** HTTP of the audit trail, for the audit administrator. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { withActor } from "../../platform/db/actor.ts";
import type { Actor } from "../../platform/db/actor.ts";
import type { Pools } from "../../platform/db/pool.ts";
import "../../platform/http/request-actor.ts";
import { FORBIDDEN } from "../../platform/problem.ts";
import { findAuditHead, listAudit, readHeads, verifyTrail } from "./actions.ts";
import { AuditHeadView, AuditPage, AuditQuery, AuditVerifyView } from "./contract.ts";
import { NO_HASH } from "./core/chain.ts";

export type AuditRouteDeps = { pools: Pools; headsFile: string };

export function auditRoutes(server: FastifyInstance, deps: AuditRouteDeps): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const schema = { tags: ["audit"] };

  app.get(
    "/api/v1/audit/entries",
    {
      schema: {
        ...schema,
        summary: "审计记录 Entries, newest first",
        querystring: AuditQuery,
        response: { 200: AuditPage },
      },
    },
    async (request) => {
      const { limit, ...filter } = request.query;
      const rows = await listAudit(deps.pools, request.actor, { ...filter, limit: limit + 1 });
      const items = rows.slice(0, limit).map(({ post_title, county: _c, account: _a, post: _p, ...row }) => ({
        ...row,
        postTitle: post_title,
        before: row.before === null ? null : (JSON.parse(row.before) as unknown),
        after: row.after === null ? null : (JSON.parse(row.after) as unknown),
      }));
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  );

  app.get(
    "/api/v1/audit/head",
    { schema: { ...schema, summary: "链首 Head of the hash chain", response: { 200: AuditHeadView } } },
    async (request) => {
      requireAuditor(request.actor);
      const head = await withActor(deps.pools, request.actor, (tx) => findAuditHead(tx), { readOnly: true });
      if (!head) return { number: 0, hash: NO_HASH, algorithm: "sm3" as const, entries: 0, at: null };
      return {
        number: head.number,
        hash: head.hash,
        algorithm: head.algorithm,
        entries: head.entries,
        at: head.at,
      };
    },
  );

  app.post(
    "/api/v1/audit/verify",
    { schema: { ...schema, summary: "校验 Recompute the whole chain", response: { 200: AuditVerifyView } } },
    async (request) => {
      requireAuditor(request.actor);
      return verifyTrail(deps.pools, await readHeads(deps.headsFile));
    },
  );
}

function requireAuditor(actor: Actor): void {
  if (actor.door !== "taizhang_auditor") throw FORBIDDEN();
}
