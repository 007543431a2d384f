/** What the sign-in hook puts on every request under /api that needs a person. */
import type { Actor } from "../db/actor.ts";

declare module "fastify" {
  interface FastifyRequest {
    actor: Actor;
    /** names of what the acting post may do */
    permissions: ReadonlySet<string>;
  }
}
