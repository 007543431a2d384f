/** HTTP of the briefing. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Pools } from "../../platform/db/pool.ts";
import { requirePermission } from "../../platform/http/require-permission.ts";
import { composeRegionBriefing } from "./actions.ts";
import { briefingView } from "./core/briefing-view.ts";
import { BriefingQuery, BriefingView } from "./contract.ts";
import { renderBriefing } from "./render-briefing.ts";

export type DispatchRouteDeps = { pools: Pools; today: () => string };

const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

export function dispatchRoutes(server: FastifyInstance, deps: DispatchRouteDeps): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const tags = ["dispatch"];

  app.get(
    "/api/v1/briefing",
    {
      schema: {
        tags,
        summary: "调度会材料 The briefing, every figure traced",
        querystring: BriefingQuery,
        response: { 200: BriefingView },
      },
    },
    async (request) => {
      requirePermission(request, "briefing.read");
      const wanted = { ...request.query, today: deps.today() };
      const { briefing, measures } = await composeRegionBriefing(deps.pools, request.actor, wanted);
      return briefingView(briefing, measures);
    },
  );

  app.get(
    "/api/v1/briefing/document",
    {
      schema: {
        tags,
        summary: "调度会材料 Word 文件 The briefing as a Word file",
        querystring: BriefingQuery,
      },
    },
    async (request, reply) => {
      requirePermission(request, "briefing.read");
      const today = deps.today();
      const { briefing } = await composeRegionBriefing(deps.pools, request.actor, {
        ...request.query,
        today,
      });
      const bytes = await renderBriefing(briefing, { today });
      const name = encodeURIComponent(`${briefing.title}.docx`);
      return reply
        .type(docx)
        .header(
          "content-disposition",
          `attachment; filename="briefing-${briefing.period}.docx"; filename*=UTF-8''${name}`,
        )
        .send(Buffer.from(bytes));
    },
  );
}
