/** HTTP of the indicators. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { withActor } from "../../platform/db/actor.ts";
import type { Pools } from "../../platform/db/pool.ts";
import "../../platform/http/request-actor.ts";
import { loadMeasures, requireReader, toMeasureView, toSourceView } from "../ledger/index.ts";
import { readFacts } from "./actions/read-facts.ts";
import { readIndicator } from "./actions/read-indicator.ts";
import { readOverview, toRegionBrief } from "./actions/read-overview.ts";
import { readRanking, search } from "./actions/read-ranking.ts";
import {
  FactsQuery,
  FactsView,
  IndicatorQuery,
  IndicatorView,
  OverviewQuery,
  OverviewView,
  RankingQuery,
  RankingView,
  SearchQuery,
  SearchView,
} from "./contract.ts";

export type IndicatorRouteDeps = { pools: Pools };

export function indicatorRoutes(server: FastifyInstance, deps: IndicatorRouteDeps): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const { pools } = deps;
  const tags = ["indicators"];

  app.get(
    "/api/v1/overview",
    {
      schema: {
        tags,
        summary: "概览 All economic indicators of a region in a month",
        querystring: OverviewQuery,
        response: { 200: OverviewView },
      },
    },
    (request) => readOverview(pools, request.actor, request.query),
  );
  app.get(
    "/api/v1/indicators/:measure",
    {
      schema: {
        tags,
        summary: "一个指标 History, target path, rank, forecast of one indicator",
        params: z.object({ measure: z.string().max(60) }),
        querystring: IndicatorQuery,
        response: { 200: IndicatorView },
      },
    },
    (request) => readIndicator(pools, request.actor, request.params.measure, request.query),
  );
  app.get(
    "/api/v1/rankings",
    {
      schema: {
        tags,
        summary: "排名 A comparison set ranked",
        querystring: RankingQuery,
        response: { 200: RankingView },
      },
    },
    (request) => readRanking(pools, request.actor, request.query),
  );
  app.get(
    "/api/v1/facts",
    {
      schema: {
        tags,
        summary: "数据来源 The facts behind a number",
        querystring: FactsQuery,
        response: { 200: FactsView },
      },
    },
    async (request) => {
      requireReader(request.actor);
      const facts = await withActor(
        pools,
        request.actor,
        async (tx) => readFacts(tx, await loadMeasures(tx), request.query.refs.split(",")),
        { readOnly: true },
      );
      return {
        items: facts.map((fact) => ({
          ...fact,
          region: toRegionBrief(fact.region),
          measure: toMeasureView(fact.measure),
          source: toSourceView(fact.source),
        })),
      };
    },
  );
  app.get(
    "/api/v1/search",
    {
      schema: {
        tags,
        summary: "搜索 Indicators and regions",
        querystring: SearchQuery,
        response: { 200: SearchView },
      },
    },
    (request) => search(pools, request.actor, request.query.q),
  );
}
