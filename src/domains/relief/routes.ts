/** HTTP of the relief domain: the list of what it is made of. */
import type { FastifyInstance } from "fastify";
import { clueRoutes } from "./clues/routes.ts";
import type { ReliefDeps } from "./deps.ts";
import { lookbackRoutes } from "./lookback/routes.ts";
import { registryRoutes } from "./registry/routes.ts";

export function reliefRoutes(server: FastifyInstance, deps: ReliefDeps): void {
  registryRoutes(server, deps);
  lookbackRoutes(server, deps);
  clueRoutes(server, deps);
}
