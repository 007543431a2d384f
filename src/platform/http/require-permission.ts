/** Refuses first, with words: the policies of the database would only show nothing. */
import type { FastifyRequest } from "fastify";
import { FORBIDDEN } from "../problem.ts";
import "./request-actor.ts";

/** @throws FORBIDDEN */
export function requirePermission(request: Pick<FastifyRequest, "permissions">, permission: string): void {
  if (!request.permissions.has(permission)) throw FORBIDDEN();
}
