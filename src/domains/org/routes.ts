/** HTTP of regions, units, people and posts. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Auth } from "../auth/index.ts";
import { getRegion, handOverPost, searchPeople, searchPosts, searchRegions, searchUnits } from "./actions.ts";
import {
  HandOverRequest,
  HeldPostList,
  HeldPostView,
  NameQuery,
  PersonList,
  RegionList,
  RegionPage,
  RegionQuery,
  UnitList,
} from "./contract.ts";

const Code = z.object({ code: z.coerce.number().int() });
const Id = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });

export function orgRoutes(server: FastifyInstance, auth: Pick<Auth, "pools" | "cache">): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const tags = ["org"];
  const { pools } = auth;

  app.get(
    "/api/v1/regions",
    {
      schema: {
        tags,
        summary: "行政区 Regions of the scope",
        querystring: RegionQuery,
        response: { 200: RegionList },
      },
    },
    (request) => searchRegions(pools, request.actor, request.query),
  );
  app.get(
    "/api/v1/regions/:code",
    { schema: { tags, summary: "一个行政区 One region", params: Code, response: { 200: RegionPage } } },
    (request) => getRegion(pools, request.actor, request.params.code),
  );
  app.get(
    "/api/v1/units",
    {
      schema: {
        tags,
        summary: "单位 Units of the scope",
        querystring: NameQuery,
        response: { 200: UnitList },
      },
    },
    (request) => searchUnits(pools, request.actor, request.query),
  );
  app.get(
    "/api/v1/people",
    { schema: { tags, summary: "人员 People", querystring: NameQuery, response: { 200: PersonList } } },
    (request) => searchPeople(pools, request.acting, request.query),
  );
  app.get(
    "/api/v1/posts",
    {
      schema: {
        tags,
        summary: "岗位 Posts and their holders",
        querystring: NameQuery,
        response: { 200: HeldPostList },
      },
    },
    (request) => searchPosts(pools, request.acting, request.query),
  );
  app.put(
    "/api/v1/posts/:id/holder",
    {
      schema: {
        tags,
        summary: "岗位移交 Hand a post over",
        params: Id,
        body: HandOverRequest,
        response: { 200: HeldPostView },
      },
    },
    (request) => handOverPost(auth, request.acting, { post: request.params.id, person: request.body.person }),
  );
}
