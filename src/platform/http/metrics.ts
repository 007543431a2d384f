/** Prometheus metrics; told to this machine only, since they describe use. */
import type { FastifyInstance } from "fastify";
import { Histogram, Registry, collectDefaultMetrics } from "prom-client";
import { NOT_FOUND } from "../problem.ts";

export function registerMetrics(app: FastifyInstance): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: "taizhang_http_request_seconds",
    help: "duration of requests by route, method and status",
    labelNames: ["route", "method", "status"],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  app.addHook("onResponse", async (request, reply) => {
    const labels = {
      route: request.routeOptions.url ?? "none",
      method: request.method,
      status: String(reply.statusCode),
    };
    duration.observe(labels, reply.elapsedTime / 1000);
  });
  app.get("/metrics", { schema: { hide: true } }, async (request, reply) => {
    const address = request.socket.remoteAddress ?? "";
    if (!/^(::ffff:)?127\.|^::1$/.test(address) || request.headers["x-forwarded-for"] !== undefined)
      throw NOT_FOUND();
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
