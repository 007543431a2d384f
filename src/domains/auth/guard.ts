/** The hook before every route of the API: who acts, and whether this account may do anything yet. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Actor } from "../../platform/db/actor.ts";
import { UNAUTHENTICATED } from "../../platform/problem.ts";
import type { Auth } from "./auth.ts";
import type { Acting } from "./principal.ts";
import { PASSWORD_CHANGE_NEEDED } from "./problems.ts";
import { requireOwnPage, resolveActor } from "./resolve-actor.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** open to everybody: sign-in, the description of the API */
    public?: boolean;
    /** open while a one-time password still has to be changed */
    beforePasswordChange?: boolean;
  }
  interface FastifyRequest {
    acting: Acting;
  }
}

const API = "/api/v1/";

/**
 * Fills `request.actor`, `request.permissions` and `request.acting` for every route under /api/v1 that is not public,
 * and refuses otherwise: UNAUTHENTICATED, CSRF, PASSWORD_CHANGE_NEEDED. Register after @fastify/cookie and before the routes.
 */
export function guardRequests(app: FastifyInstance, auth: Auth): void {
  app.decorateRequest("acting", null as unknown as Acting);
  app.decorateRequest("actor", null as unknown as Actor);
  app.decorateRequest("permissions", null as unknown as ReadonlySet<string>);
  app.addHook("onRequest", (request) => admitRequest(auth, request));
}

async function admitRequest(auth: Auth, request: FastifyRequest): Promise<void> {
  // By the route that matched and not by the text of the address, which can be written in several ways.
  const { url, config } = request.routeOptions;
  if (url === undefined || !url.startsWith(API)) return;
  if (config.public === true) {
    if (request.method !== "GET" && request.method !== "HEAD") requireOwnPage(auth, request);
    return;
  }
  const acting = await resolveActor(auth, request);
  if (acting === undefined) throw UNAUTHENTICATED();
  if (acting.mustChange && config.beforePasswordChange !== true) throw PASSWORD_CHANGE_NEEDED();
  request.acting = acting;
  request.actor = acting.actor;
  request.permissions = acting.permissions;
}
