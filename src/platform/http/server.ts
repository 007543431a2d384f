/** The HTTP server: security headers, one error mapping, entity tags, OpenAPI, metrics, static web app. */
import { hash } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import statics from "@fastify/static";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import Fastify, { LogController } from "fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import type { Config } from "../config.ts";
import { NOT_FOUND } from "../problem.ts";
import { sendProblem } from "./problem-mapping.ts";
import { parseJsonBodies } from "./json-body.ts";
import { registerMetrics } from "./metrics.ts";
import { requireStorableText } from "./storable-text.ts";

const webRoot = fileURLToPath(new URL("../../../dist/web/", import.meta.url));

export type ServerOptions = {
  config: Config;
  /** where log lines go besides standard error; for tests */
  logStream?: { write(line: string): void };
  /** check every answer against its contract; for tests, production trusts the compiler */
  checkResponses?: boolean;
  /** whether requests can be served now */
  ready: () => Promise<void>;
  version: string;
};

/** A server with everything that is not a domain; routes are registered by main/. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { config } = options;
  const app = Fastify({
    logger: {
      level: config.logLevel,
      stream: options.logStream ?? process.stderr,
      redact: ["req.headers.cookie", "req.headers.authorization", "req.headers['x-csrf-token']"],
    },
    trustProxy: config.trustProxy,
    bodyLimit: 4 * 1024 * 1024,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: 300_000,
    forceCloseConnections: "idle",
    // an address that cannot be read reaches no route, and so not the handler below
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(options.checkResponses ? serializerCompiler : () => (payload) => toJson(payload));
  app.setErrorHandler((error, request, reply) => sendProblem(error as Error, request, reply));
  parseJsonBodies(app);

  await app.register(cookie);
  await app.register(multipart, {
    limits: { fileSize: config.uploadLimit, files: 1, fields: 8, fieldSize: 64 * 1024 },
  });
  await app.register(helmet, securityHeaders(config));
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "台账 Taizhang",
        version: options.version,
        description:
          "一本真账：数据、指标、位次、研判与调度会材料。One verified ledger for a county government.",
      },
      components: {
        securitySchemes: {
          session: { type: "apiKey", in: "cookie", name: "taizhang_session" },
          token: { type: "http", scheme: "bearer" },
        },
      },
      security: [{ session: [] }, { token: [] }],
    },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, { routePrefix: "/api/docs", uiConfig: { docExpansion: "list" } });
  app.get("/api/v1/openapi.json", { schema: { hide: true }, config: { public: true } }, () => app.swagger());

  registerMetrics(app);
  registerHealth(app, options.ready);
  app.addHook("preValidation", requireStorableText);
  app.addHook("onSend", tagEntity);
  await registerWeb(app);
  return app;
}

/** A frozen answer is one that somebody keeps and gives again: its text is kept with it. */
const texts = new WeakMap<object, string>();
function toJson(payload: unknown): string {
  if (typeof payload !== "object" || payload === null || !Object.isFrozen(payload))
    return JSON.stringify(payload);
  const known = texts.get(payload);
  if (known !== undefined) return known;
  const text = JSON.stringify(payload);
  texts.set(payload, text);
  return text;
}

function securityHeaders(config: Config) {
  const secure = config.publicUrl?.protocol === "https:";
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:", "blob:"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: "same-origin" as const },
    crossOriginEmbedderPolicy: false,
    // the HTTPS-only isolation headers are noise on a plain-HTTP intranet address
    crossOriginOpenerPolicy: secure,
    originAgentCluster: secure,
  };
}

function registerHealth(app: FastifyInstance, ready: () => Promise<void>): void {
  app.get("/health/live", { schema: { hide: true } }, () => ({ status: "ok" }));
  app.get("/health/ready", { schema: { hide: true } }, async (_request, reply) => {
    try {
      await ready();
      return { status: "ok" };
    } catch (error) {
      return reply.code(503).send({ status: "not-ready", reason: (error as Error).message });
    }
  });
}

/** Weak entity tags on answers of the API, so that an unchanged page costs no transfer. */
async function tagEntity(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (request.method !== "GET" || reply.statusCode !== 200 || typeof payload !== "string") return payload;
  if (!request.url.startsWith("/api/")) return payload;
  if (reply.getHeader("cache-control") === undefined) reply.header("cache-control", "private, no-cache");
  // To bytes once: the tag, the length and the socket would each do it again.
  const bytes = Buffer.from(payload);
  const tag = (reply.getHeader("etag") as string | undefined) ?? `W/"${hash("sha1", bytes, "base64url")}"`;
  reply.header("etag", tag);
  if (request.headers["if-none-match"] !== tag) return bytes;
  reply.code(304);
  return "";
}

async function registerWeb(app: FastifyInstance): Promise<void> {
  if (existsSync(webRoot)) {
    await app.register(statics, {
      root: webRoot,
      wildcard: false,
      preCompressed: true,
      setHeaders: (reply, path) => {
        // names of built assets carry their hash
        reply.header(
          "cache-control",
          path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
        );
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const page = request.method === "GET" && !/^\/(api|health|metrics|assets)(\/|$)/.test(request.url);
    if (page && existsSync(webRoot)) return reply.header("cache-control", "no-cache").sendFile("index.html");
    return sendProblem(NOT_FOUND(), request, reply);
  });
}
