/** HTTP of proofing. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Pools } from "../../platform/db/pool.ts";
import { requirePermission } from "../../platform/http/require-permission.ts";
import type { LedgerDesk } from "./against-ledger.ts";
import { markFile, proofDraft, proofFile } from "./actions.ts";
import { ProofFileView, ProofRequest, ProofView } from "./contract.ts";
import { readFlag, readKeys, readLedgerFields, receiveDraft } from "./receive-draft.ts";

export type ProofingRouteDeps = { pools: Pools; now: () => Date; uploadLimit: number };

type LedgerAsked = Pick<LedgerDesk, "region" | "period">;

const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

export function proofingRoutes(server: FastifyInstance, deps: ProofingRouteDeps): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const tags = ["proofing"];
  /** A post that may not read figures compares nothing, and nothing tells it so. */
  const deskOf = (request: FastifyRequest, asked: LedgerAsked): LedgerDesk | undefined =>
    request.permissions.has("figures.read")
      ? { pools: deps.pools, actor: request.actor, ...asked }
      : undefined;

  app.post(
    "/api/v1/proofing",
    {
      schema: {
        tags,
        summary:
          "材料校核 Check the arithmetic of a draft, and its figures against the ledger; nothing of it is kept",
        body: ProofRequest,
        response: { 200: ProofView },
      },
    },
    async (request) => {
      requirePermission(request, "proofing.check");
      const { text, ...asked } = request.body;
      return proofDraft(text, deskOf(request, asked));
    },
  );

  app.post(
    "/api/v1/proofing/file",
    {
      schema: {
        tags,
        summary:
          "校核文件 Check a .txt, .md or .docx (multipart field “file”; “region”, “period” as with a text)",
        response: { 200: ProofFileView },
      },
    },
    async (request) => {
      requirePermission(request, "proofing.check");
      const { file, fields } = await receiveDraft(request, deps.uploadLimit);
      return proofFile(file, deskOf(request, readLedgerFields(fields)));
    },
  );

  app.post(
    "/api/v1/proofing/document",
    {
      schema: {
        tags,
        summary:
          "批注版 The .docx (field “file”) with a comment at each finding; “ignored”: JSON list of claim keys to leave out, “all”: also last digits and what is worth a look, “region”, “period” as with a text",
      },
    },
    async (request, reply) => {
      requirePermission(request, "proofing.check");
      const { file, fields } = await receiveDraft(request, deps.uploadLimit);
      const marking = { ignored: readKeys(fields), all: readFlag(fields, "all"), now: deps.now() };
      const bytes = await markFile(file, marking, deskOf(request, readLedgerFields(fields)));
      const name = encodeURIComponent(`${file.name.replace(/\.docx$/i, "")}（校核）.docx`);
      return reply
        .type(docx)
        .header("content-disposition", `attachment; filename="proofed.docx"; filename*=UTF-8''${name}`)
        .header("cache-control", "no-store")
        .send(Buffer.from(bytes));
    },
  );
}
