/** Refuses first, with words: the policies of the database would only show nothing. */
import type { FastifyRequest } from "fastify";
import "../../platform/http/request-actor.ts";
import { FORBIDDEN } from "../../platform/problem.ts";

/** @throws FORBIDDEN */
export function requireRight(request: Pick<FastifyRequest, "permissions">, right: string): void {
  if (!request.permissions.has(right)) throw FORBIDDEN();
}
