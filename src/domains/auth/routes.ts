/** HTTP of sign-in, the session, tokens and accounts. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  changeAccountState,
  createAccount,
  listAccounts,
  resetPassword,
  revokeAccountSessions,
  unlockAccount,
} from "./actions/accounts.ts";
import { finishTotp, startTotp, stopTotp } from "./actions/authenticator.ts";
import { changePassword } from "./actions/change-password.ts";
import { getSession, getStartedSession, switchPost } from "./actions/session.ts";
import { signIn, signOut, signOutEverywhere } from "./actions/sign-in.ts";
import type { StartedSession } from "./actions/sign-in.ts";
import { createToken, endToken, listTokens } from "./actions/tokens.ts";
import type { Auth } from "./auth.ts";
import {
  AccountAction,
  AccountList,
  AccountQuery,
  AdministeredAccountView,
  ChangePasswordRequest,
  CreateAccountRequest,
  CreatedAccountView,
  CreatedTokenView,
  CreateTokenRequest,
  PasswordRequest,
  SessionView,
  SignInRequest,
  SwitchPostRequest,
  TokenList,
  TotpConfirmRequest,
  TotpStartView,
} from "./contract.ts";
import type {
  AccountAction as Action,
  AdministeredAccountView as Administered,
  SessionView as Session,
} from "./contract.ts";
import type { Acting } from "./principal.ts";
import { originOf, SESSION_COOKIE } from "./resolve-actor.ts";

const Id = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });
const Nothing = z.null();

export function authRoutes(server: FastifyInstance, auth: Auth): void {
  sessionRoutes(server, auth);
  authenticatorRoutes(server, auth);
  tokenRoutes(server, auth);
  accountRoutes(server, auth);
}

function cookieOptions(auth: Auth) {
  return {
    httpOnly: true,
    sameSite: "strict" as const,
    path: "/",
    secure: auth.config.publicUrl?.protocol === "https:",
  };
}

/** Hands the new session to the browser. It ends with the browser, and on the server sooner. */
async function sendStarted(auth: Auth, reply: FastifyReply, started: StartedSession): Promise<Session> {
  reply.setCookie(SESSION_COOKIE, started.cookie, cookieOptions(auth)).header("cache-control", "no-store");
  return getStartedSession(auth, started.cookie);
}

function sessionRoutes(server: FastifyInstance, auth: Auth): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const tags = ["session"];
  const always = { beforePasswordChange: true };

  app.post(
    "/api/v1/session",
    {
      config: { public: true },
      schema: { tags, summary: "登录 Sign in", body: SignInRequest, response: { 200: SessionView } },
    },
    async (request, reply) =>
      sendStarted(
        auth,
        reply,
        await signIn(auth, request.body, originOf(request), request.cookies[SESSION_COOKIE]),
      ),
  );
  app.get(
    "/api/v1/session",
    {
      config: always,
      schema: { tags, summary: "当前会话 The open session", response: { 200: SessionView } },
    },
    (request, reply) => {
      reply.header("cache-control", "no-store");
      return getSession(auth, request.acting);
    },
  );
  app.delete(
    "/api/v1/session",
    { config: always, schema: { tags, summary: "退出 Sign out", response: { 204: Nothing } } },
    async (request, reply) => {
      await signOut(auth, request.acting);
      return reply.clearCookie(SESSION_COOKIE, cookieOptions(auth)).code(204).send(null);
    },
  );
  app.delete(
    "/api/v1/sessions",
    {
      config: always,
      schema: { tags, summary: "退出全部会话 Sign out everywhere", response: { 204: Nothing } },
    },
    async (request, reply) => {
      await signOutEverywhere(auth, request.acting);
      return reply.clearCookie(SESSION_COOKIE, cookieOptions(auth)).code(204).send(null);
    },
  );
  app.put(
    "/api/v1/session/post",
    {
      schema: {
        tags,
        summary: "切换岗位 Act through another post",
        body: SwitchPostRequest,
        response: { 200: SessionView },
      },
    },
    (request) => switchPost(auth, request.acting, request.body.post),
  );
  app.post(
    "/api/v1/session/password",
    {
      config: always,
      schema: {
        tags,
        summary: "修改密码 Change the password",
        body: ChangePasswordRequest,
        response: { 200: SessionView },
      },
    },
    async (request, reply) =>
      sendStarted(auth, reply, await changePassword(auth, request.acting, request.body)),
  );
}

function authenticatorRoutes(server: FastifyInstance, auth: Auth): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const tags = ["session"];

  app.post(
    "/api/v1/session/totp/start",
    {
      schema: {
        tags,
        summary: "生成动态验证码密钥 New authenticator secret",
        response: { 200: TotpStartView },
      },
    },
    (request, reply) => {
      reply.header("cache-control", "no-store");
      return startTotp(auth, request.acting);
    },
  );
  app.post(
    "/api/v1/session/totp/confirm",
    {
      schema: {
        tags,
        summary: "启用动态验证码 Use the authenticator",
        body: TotpConfirmRequest,
        response: { 200: SessionView },
      },
    },
    async (request) => {
      await finishTotp(auth, request.acting, request.body.code);
      return getSession(auth, request.acting);
    },
  );
  app.post(
    "/api/v1/session/totp/disable",
    {
      schema: {
        tags,
        summary: "停用动态验证码 Stop using it",
        body: PasswordRequest,
        response: { 200: SessionView },
      },
    },
    async (request) => {
      await stopTotp(auth, request.acting, request.body.password);
      return getSession(auth, request.acting);
    },
  );
}

function tokenRoutes(server: FastifyInstance, auth: Auth): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const tags = ["tokens"];

  app.get(
    "/api/v1/tokens",
    { schema: { tags, summary: "本人的接口令牌 One's own API tokens", response: { 200: TokenList } } },
    async (request) => ({ items: await listTokens(auth, request.acting) }),
  );
  app.post(
    "/api/v1/tokens",
    {
      schema: {
        tags,
        summary: "新建接口令牌 New API token",
        body: CreateTokenRequest,
        response: { 201: CreatedTokenView },
      },
    },
    async (request, reply) => {
      const token = await createToken(auth, request.acting, request.body);
      return reply.code(201).header("cache-control", "no-store").send(token);
    },
  );
  app.delete(
    "/api/v1/tokens/:id",
    { schema: { tags, summary: "撤销接口令牌 Revoke", params: Id, response: { 204: Nothing } } },
    async (request, reply) => {
      await endToken(auth, request.acting, request.params.id);
      return reply.code(204).send(null);
    },
  );
}

/** What each action on an account does; complete by its type. */
const ACTIONS: Readonly<Record<Action, (auth: Auth, acting: Acting, id: number) => Promise<Administered>>> = {
  approve: (auth, acting, id) => changeAccountState(auth, acting, id, "approve"),
  enable: (auth, acting, id) => changeAccountState(auth, acting, id, "enable"),
  disable: (auth, acting, id) => changeAccountState(auth, acting, id, "disable"),
  unlock: unlockAccount,
  reset: resetPassword,
  "revoke-sessions": revokeAccountSessions,
};

function accountRoutes(server: FastifyInstance, auth: Auth): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const tags = ["accounts"];

  app.get(
    "/api/v1/accounts",
    { schema: { tags, summary: "账号 Accounts", querystring: AccountQuery, response: { 200: AccountList } } },
    (request) => listAccounts(auth, request.acting, request.query),
  );
  app.post(
    "/api/v1/accounts",
    {
      schema: {
        tags,
        summary: "新建账号 New account",
        body: CreateAccountRequest,
        response: { 201: CreatedAccountView },
      },
    },
    async (request, reply) => {
      const account = await createAccount(auth, request.acting, request.body);
      return reply.code(201).header("cache-control", "no-store").send(account);
    },
  );
  app.post(
    "/api/v1/accounts/:id/:action",
    {
      schema: {
        tags,
        summary:
          "批准、停用、启用、解锁、重置密码、结束会话 Approve, disable, enable, unlock, reset, revoke sessions",
        params: Id.extend({ action: AccountAction }),
        response: { 200: AdministeredAccountView },
      },
    },
    async (request, reply) => {
      reply.header("cache-control", "no-store");
      return ACTIONS[request.params.action](auth, request.acting, request.params.id);
    },
  );
}
