/** HTTP of proofing. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import "../../platform/http/request-actor.ts";
import { FORBIDDEN } from "../../platform/problem.ts";
import { markFile, proofDraft, proofFile } from "./actions.ts";
import { ProofFileView, ProofRequest, ProofView } from "./contract.ts";
import { readFlag, readKeys, receiveDraft } from "./receive-draft.ts";

export type ProofingRouteDeps = { now: () => Date; uploadLimit: number };

const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

export function proofingRoutes(server: FastifyInstance, deps: ProofingRouteDeps): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const tags = ["proofing"];

  app.post(
    "/api/v1/proofing",
    {
      schema: {
        tags,
        summary: "材料校核 Check the arithmetic of a draft; nothing of it is kept",
        body: ProofRequest,
        response: { 200: ProofView },
      },
    },
    async (request) => {
      requireProofing(request);
      return proofDraft(request.body.text);
    },
  );

  app.post(
    "/api/v1/proofing/file",
    {
      schema: {
        tags,
        summary: "校核文件 Check a .txt, .md or .docx (multipart field “file”)",
        response: { 200: ProofFileView },
      },
    },
    async (request) => {
      requireProofing(request);
      return proofFile((await receiveDraft(request, deps.uploadLimit)).file);
    },
  );

  app.post(
    "/api/v1/proofing/document",
    {
      schema: {
        tags,
        summary:
          "批注版 The .docx (field “file”) with a comment at each finding; “ignored”: JSON list of claim keys to leave out, “all”: also last digits and what is worth a look",
      },
    },
    async (request, reply) => {
      requireProofing(request);
      const { file, fields } = await receiveDraft(request, deps.uploadLimit);
      const marking = { ignored: readKeys(fields), all: readFlag(fields, "all"), now: deps.now() };
      const bytes = await markFile(file, marking);
      const name = encodeURIComponent(`${file.name.replace(/\.docx$/i, "")}（校核）.docx`);
      return reply
        .type(docx)
        .header("content-disposition", `attachment; filename="proofed.docx"; filename*=UTF-8''${name}`)
        .header("cache-control", "no-store")
        .send(Buffer.from(bytes));
    },
  );
}

function requireProofing(request: FastifyRequest): void {
  if (!request.permissions.has("proofing.check")) throw FORBIDDEN();
}
