/** Sign-in, sessions, posts, tokens and accounts: what travels over HTTP. */
import { z } from "zod";

export const Role = z.enum([
  "leader",
  "dispatcher",
  "department",
  "relief",
  "township",
  "village",
  "enterprise",
  "prefecture",
  "sysadmin",
  "secadmin",
  "auditor",
]);
export type Role = z.infer<typeof Role>;

export const RegionBrief = z.object({
  code: z.number().int(),
  level: z.enum(["country", "province", "prefecture", "county", "township", "village"]),
  nameZh: z.string(),
  nameEn: z.string().nullable(),
});
export type RegionBrief = z.infer<typeof RegionBrief>;

/** A post (岗位): unit + role + region. */
export const PostView = z.object({
  id: z.number().int(),
  role: Role,
  titleZh: z.string(),
  titleEn: z.string(),
  unitZh: z.string(),
  unitEn: z.string(),
  region: RegionBrief,
});
export type PostView = z.infer<typeof PostView>;

/** What the acting post may do: the names of permissions, for showing or hiding what would be refused anyway. */
export const Permission = z.enum([
  "figures.read",
  "figures.write",
  "figures.correct",
  "figures.export",
  "briefing.read",
  "proofing.check",
  "registry.read",
  "registry.write",
  "registry.import",
  "registry.unmask",
  "lookback.run",
  "clues.read",
  "clues.assign",
  "clues.verify",
  "clues.sign",
  "clues.review",
  "returns.read",
  "returns.own",
  "returns.file",
  "returns.review",
  "returns.design",
  "tokens.manage",
  "accounts.create",
  "accounts.approve",
  "accounts.read",
  "audit.read",
]);
export type Permission = z.infer<typeof Permission>;

export const SignInRequest = z.object({
  username: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(256),
  /** the six digits of the authenticator, when the account uses one */
  code: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
});
export type SignInRequest = z.infer<typeof SignInRequest>;

export const SessionView = z.object({
  account: z.object({
    id: z.number().int(),
    username: z.string(),
    displayName: z.string(),
    mustChangePassword: z.boolean(),
    totp: z.boolean(),
  }),
  post: PostView,
  posts: z.array(PostView),
  permissions: z.array(Permission),
  /** to be sent as x-csrf-token with every request that changes something */
  csrf: z.string(),
  idleMinutes: z.number(),
  /** the demonstration: synthetic people, loopback only */
  demo: z.boolean(),
  /** the day that counts as today, yyyy-mm-dd */
  today: z.string(),
  county: z.object({ code: z.number().int(), nameZh: z.string(), nameEn: z.string().nullable() }),
});
export type SessionView = z.infer<typeof SessionView>;

export const SwitchPostRequest = z.object({ post: z.number().int() });
export const ChangePasswordRequest = z.object({
  current: z.string().min(1).max(256),
  next: z.string().min(1).max(256),
});
export const TotpStartView = z.object({ uri: z.string(), secret: z.string() });
export const TotpConfirmRequest = z.object({ code: z.string().regex(/^\d{6}$/) });
export const PasswordRequest = z.object({ password: z.string().min(1).max(256) });

export const TokenView = z.object({
  id: z.number().int(),
  name: z.string(),
  post: z.number().int(),
  region: RegionBrief,
  access: z.enum(["read", "write"]),
  createdAt: z.string(),
  expiresAt: z.string(),
  usedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
export type TokenView = z.infer<typeof TokenView>;
export const CreateTokenRequest = z.object({
  name: z.string().trim().min(1).max(80),
  access: z.enum(["read", "write"]),
  /** root of the token's scope: the region of the post or one below it */
  region: z.number().int().optional(),
  days: z.number().int().min(1).max(365),
});
export const CreatedTokenView = TokenView.extend({ token: z.string() });

export const AccountView = z.object({
  id: z.number().int(),
  username: z.string(),
  displayName: z.string(),
  region: RegionBrief,
  state: z.enum(["pending", "active", "disabled"]),
  lockedUntil: z.string().nullable(),
  totp: z.boolean(),
  posts: z.array(PostView),
  sessions: z.number().int(),
});
export type AccountView = z.infer<typeof AccountView>;
export const CreateAccountRequest = z.object({
  username: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z][a-z0-9._-]{2,31}$/),
  /** id of the person, who has no account yet */
  person: z.number().int(),
});
export const CreatedAccountView = AccountView.extend({ password: z.string() });
export const TokenList = z.object({ items: z.array(TokenView) });
export const AccountQuery = z.object({
  /** part of the user name or of the person's name */
  q: z.string().trim().max(40).optional(),
  state: z.enum(["pending", "active", "disabled"]).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
export const AccountList = z.object({ items: z.array(AccountView), total: z.number().int() });
/** What the security administrator does with an account; `reset` answers with a one-time password, shown once. */
export const AccountAction = z.enum(["approve", "enable", "disable", "unlock", "reset", "revoke-sessions"]);
export type AccountAction = z.infer<typeof AccountAction>;
export const AdministeredAccountView = AccountView.extend({ password: z.string().optional() });
export type AdministeredAccountView = z.infer<typeof AdministeredAccountView>;
