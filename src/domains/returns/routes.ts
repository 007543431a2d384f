/** HTTP of returns: the list of what it is made of. */
import type { FastifyInstance } from "fastify";
import { boardRoutes } from "./board/routes.ts";
import type { ReturnsDeps } from "./deps.ts";
import { filingRoutes } from "./filing/routes.ts";
import { formRoutes } from "./forms/routes.ts";
import { workbookRoutes } from "./workbook/routes.ts";

export function returnsRoutes(server: FastifyInstance, deps: ReturnsDeps): void {
  formRoutes(server, deps);
  boardRoutes(server, deps);
  workbookRoutes(server, deps);
  filingRoutes(server, deps);
}
