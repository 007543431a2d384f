/**
 * What each kind of post may do, as data.
 *
 * Words:
 * - role 岗位类别: the kind of a post; decides permissions and the door to the database
 * - permission: one thing a post may do; routes refuse by it, the door's policies back it up
 * - the three administrators 三员: system, security, audit; exclusive of each other and of every other post (GB/T 22239-2019)
 */

export type Role =
  | "leader"
  | "dispatcher"
  | "department"
  | "relief"
  | "township"
  | "village"
  | "enterprise"
  | "prefecture"
  | "sysadmin"
  | "secadmin"
  | "auditor";

export type Permission =
  | "figures.read"
  | "figures.write"
  | "figures.correct"
  | "figures.export"
  | "briefing.read"
  | "proofing.check"
  | "registry.read"
  | "registry.write"
  | "registry.import"
  | "registry.unmask"
  | "lookback.run"
  | "clues.read"
  | "clues.assign"
  | "clues.verify"
  | "clues.sign"
  | "clues.review"
  | "returns.read"
  /** the returns of its own unit only */
  | "returns.own"
  | "returns.file"
  | "returns.review"
  | "returns.design"
  | "tokens.manage"
  | "accounts.create"
  | "accounts.approve"
  | "accounts.read"
  | "audit.read";

/** The database role through which a post acts; each sees only its own schemas. */
export type ActingDoor = "taizhang_actor" | "taizhang_admin" | "taizhang_auditor";

type RoleRow = { door: ActingDoor; permissions: readonly Permission[] };

/** One row for each role: a new role does not compile until it is decided here. */
export const ROLES: Readonly<Record<Role, RoleRow>> = {
  leader: {
    door: "taizhang_actor",
    permissions: [
      "figures.read",
      "figures.export",
      "briefing.read",
      "proofing.check",
      "registry.read",
      "clues.read",
      "returns.read",
      "tokens.manage",
    ],
  },
  dispatcher: {
    door: "taizhang_actor",
    permissions: [
      "figures.read",
      "figures.write",
      "figures.export",
      "briefing.read",
      "proofing.check",
      "returns.read",
      "tokens.manage",
    ],
  },
  department: {
    door: "taizhang_actor",
    permissions: [
      "figures.read",
      "figures.write",
      "figures.correct",
      "figures.export",
      "briefing.read",
      "proofing.check",
      "returns.read",
      "returns.file",
      "returns.review",
      "returns.design",
      "tokens.manage",
    ],
  },
  // The poverty relief office: a department, and the only one that reads the registry and runs the look-back.
  relief: {
    door: "taizhang_actor",
    permissions: [
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
      "clues.review",
      "returns.read",
      "returns.file",
      "returns.review",
      "returns.design",
      "tokens.manage",
    ],
  },
  township: {
    door: "taizhang_actor",
    permissions: [
      "figures.read",
      "figures.write",
      "figures.export",
      "proofing.check",
      "registry.read",
      "registry.write",
      "registry.unmask",
      "clues.read",
      "clues.assign",
      "clues.verify",
      "clues.sign",
      "returns.read",
      "returns.file",
      "returns.review",
      "tokens.manage",
    ],
  },
  village: {
    door: "taizhang_actor",
    permissions: [
      "figures.read",
      "figures.write",
      "registry.read",
      "registry.unmask",
      "clues.read",
      "clues.verify",
      "returns.read",
      "returns.file",
      "tokens.manage",
    ],
  },
  // An enterprise files its own returns; the figures of the region it lies in are not its own to read.
  enterprise: { door: "taizhang_actor", permissions: ["returns.own", "returns.file", "tokens.manage"] },
  prefecture: {
    door: "taizhang_actor",
    permissions: [
      "figures.read",
      "figures.export",
      "briefing.read",
      "proofing.check",
      "registry.read",
      "clues.read",
      "returns.read",
      "tokens.manage",
    ],
  },
  sysadmin: { door: "taizhang_admin", permissions: ["accounts.create", "accounts.read"] },
  secadmin: { door: "taizhang_admin", permissions: ["accounts.approve", "accounts.read"] },
  auditor: { door: "taizhang_auditor", permissions: ["audit.read"] },
};

/** Permissions that change something in the scope; without any of them a post enters the database for reading only. */
const WRITING: ReadonlySet<Permission> = new Set<Permission>([
  "figures.write",
  "figures.correct",
  "registry.write",
  "registry.import",
  "registry.unmask",
  "lookback.run",
  "clues.assign",
  "clues.verify",
  "clues.sign",
  "clues.review",
  "returns.file",
  "returns.review",
  "returns.design",
  "accounts.create",
  "accounts.approve",
]);
/** What a token never may, whatever its post: make further tokens. */
const NEVER_BY_TOKEN: ReadonlySet<Permission> = new Set<Permission>(["tokens.manage"]);

const permissionSets = new Map<Role, ReadonlySet<Permission>>(
  (Object.keys(ROLES) as Role[]).map((role) => [role, new Set(ROLES[role].permissions)]),
);

export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return permissionSets.get(role) ?? new Set();
}

/** A post that may not read the returns of its region sees those of its own unit; the row policies hold to it too. */
export function seesOwnUnitOnly(role: Role): boolean {
  return ROLES[role].door === "taizhang_actor" && !permissionsOf(role).has("returns.read");
}

export function accessOf(role: Role): "read" | "write" {
  return ROLES[role].permissions.some((permission) => WRITING.has(permission)) ? "write" : "read";
}

/** What a token of this access may do through a post of this role: never more than the post. */
export function tokenPermissionsOf(role: Role, access: "read" | "write"): ReadonlySet<Permission> {
  const allowed = ROLES[role].permissions.filter(
    (permission) => !NEVER_BY_TOKEN.has(permission) && (access === "write" || !WRITING.has(permission)),
  );
  return new Set(allowed);
}

export function isAdministrator(role: Role): boolean {
  return ROLES[role].door !== "taizhang_actor";
}

/** Whether one person may hold posts of these roles together: an administrator's post excludes every other. */
export function mayHoldTogether(roles: readonly Role[]): boolean {
  return roles.length <= 1 || !roles.some(isAdministrator);
}

/** Roles whose posts hold a permission. */
export function rolesThat(permission: Permission): Role[] {
  return (Object.keys(ROLES) as Role[]).filter((role) => ROLES[role].permissions.includes(permission));
}
