/** HTTP of forms and the reporting calendar. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { withActor } from "../../../platform/db/actor.ts";
import type { Tx } from "../../../platform/db/actor.ts";
import { requirePermission } from "../../../platform/http/require-permission.ts";
import {
  ChangeOpeningRequest,
  FormList,
  FormQuery,
  FormView,
  OpenPeriodRequest,
  PeriodText,
  RuleTrialList,
  SaveFormRequest,
  TryRulesRequest,
} from "../contract.ts";
import type { ReturnsDeps } from "../deps.ts";
import { loadViewer } from "../viewer.ts";
import type { Viewer } from "../viewer.ts";
import { changePeriod, openPeriod } from "./openings.ts";
import { readForm, readForms } from "./read-forms.ts";
import { requireSound, saveForm } from "./save-form.ts";
import { tryRules } from "./try-rules.ts";

const Code = z.object({ code: z.string().max(60) });
const CodeAndPeriod = Code.extend({ period: PeriodText });

export function formRoutes(server: FastifyInstance, { pools, today }: ReturnsDeps): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const tags = ["returns"];
  const acting = <T>(
    request: FastifyRequest,
    permission: string,
    work: (tx: Tx, viewer: Viewer) => Promise<T>,
  ): Promise<T> => {
    requirePermission(request, permission);
    return withActor(pools, request.actor, async (tx) => work(tx, await loadViewer(tx, request.permissions)));
  };

  app.get(
    "/api/v1/returns/forms",
    { schema: { tags, summary: "报表制度 Forms in force", response: { 200: FormList } } },
    (request) => acting(request, "returns.read", (tx, viewer) => readForms(tx, { viewer, today: today() })),
  );
  app.get(
    "/api/v1/returns/forms/:code",
    {
      schema: {
        tags,
        summary: "一张报表 A form, its versions and calendar",
        params: Code,
        querystring: FormQuery,
        response: { 200: FormView },
      },
    },
    (request) =>
      acting(request, "returns.read", (tx, viewer) =>
        readForm(tx, request.params.code, { viewer, today: today(), version: request.query.version }),
      ),
  );
  app.put(
    "/api/v1/returns/forms/:code",
    {
      schema: {
        tags,
        summary: "保存新版本 Save as a new version",
        params: Code,
        body: SaveFormRequest,
        response: { 200: FormView },
      },
    },
    (request) =>
      acting(request, "returns.design", async (tx, viewer) => {
        const { basedOn, form } = request.body;
        await saveForm(tx, { basedOn, form: { ...form, code: request.params.code } }, viewer);
        return readForm(tx, request.params.code, { viewer, today: today() });
      }),
  );
  app.post(
    "/api/v1/returns/forms/:code/try",
    {
      schema: {
        tags,
        summary: "试算 Try the rules on past returns",
        params: Code,
        body: TryRulesRequest,
        response: { 200: RuleTrialList },
      },
    },
    (request) =>
      acting(request, "returns.design", async (tx) => {
        const { form, from, to } = request.body;
        await requireSound(tx, { ...form, rules: [] });
        return tryRules(tx, { form: { ...form, code: request.params.code }, from, to });
      }),
  );
  app.post(
    "/api/v1/returns/forms/:code/openings",
    {
      schema: {
        tags,
        summary: "布置 Open a period",
        params: Code,
        body: OpenPeriodRequest,
        response: { 200: FormView },
      },
    },
    (request) =>
      acting(request, "returns.design", async (tx, viewer) => {
        await openPeriod(tx, request.params.code, request.body, { viewer, today: today() });
        return readForm(tx, request.params.code, { viewer, today: today() });
      }),
  );
  app.put(
    "/api/v1/returns/forms/:code/openings/:period",
    {
      schema: {
        tags,
        summary: "延期、封账 Move the last day, lock, unlock",
        params: CodeAndPeriod,
        body: ChangeOpeningRequest,
        response: { 200: FormView },
      },
    },
    (request) =>
      acting(request, "returns.design", async (tx, viewer) => {
        await changePeriod(tx, request.params, request.body, viewer);
        return readForm(tx, request.params.code, { viewer, today: today() });
      }),
  );
}
