/**
 * Who is acting, apart from any single request.
 *
 * Words:
 * - principal: an account acting through one post, known by a session or an API token
 * - origin: where a request came from, for the audit trail
 */
import type { Actor } from "../../platform/db/actor.ts";
import { countyOf, lineage, subtree } from "../../shared/region-code.ts";
import type { Permission, Role } from "./core/roles.ts";
import { ROLES, seesOwnUnitOnly } from "./core/roles.ts";

export type Principal = {
  via: "session" | "token";
  account: number;
  person: number;
  county: number;
  post: number;
  role: Role;
  permissions: ReadonlySet<Permission>;
  /** the actor without address and request id */
  actor: Actor;
  /** null for a token */
  csrf: string | null;
  /** SHA-256 of the cookie; null for a token */
  sessionHash: Buffer | null;
  mustChange: boolean;
  /** milliseconds since 1970 */
  goodUntil: number;
};

export type Origin = { address: string | null; request: string | null; agent: string | null };

/** A principal in one request: its actor carries the request's address and id. */
export type Acting = Principal & { origin: Origin };

type Subject = {
  county: number;
  region: number;
  account: number | null;
  username: string | null;
  post?: number | null;
  /** of the post */
  unit?: number;
  postTitle?: string | null;
  role?: Role | null;
};

/** The actor of a post: role decides the door, region the scope. */
export function makeActor(
  subject: Subject & { role: Role },
  access: Actor["access"],
  origin: Origin | undefined,
): Actor {
  // a post that is of no unit sees none
  const ownUnit = seesOwnUnitOnly(subject.role) ? (subject.unit ?? -1) : null;
  return { ...scopedActor(subject, access), ownUnit, door: ROLES[subject.role].door, ...placeOf(origin) };
}

/** At the gate: sign-in, sessions, tokens. `subject` is who it is about, for the audit trail. */
export function makeGateActor(subject: Subject | undefined, origin: Origin | undefined): Actor {
  const nobody = { county: 0, region: 0, account: null, username: null };
  return { ...scopedActor(subject ?? nobody, "write"), door: "taizhang_gate", ...placeOf(origin) };
}

/** The gate for somebody who is already signed in: same account and post, other door. */
export function atTheGate(acting: Acting): Actor {
  return { ...acting.actor, door: "taizhang_gate", access: "write" };
}

/**
 * The program itself, for opening an installation and loading a pack. Region 0 stands for the whole country.
 * Recorded in the audit trail as user "system".
 */
export function makeSystemActor(door: Actor["door"], region: number): Actor {
  const base = scopedActor({ county: countyOf(region), region, account: null, username: "system" }, "write");
  return { ...base, door, ...(region === 0 ? { regionFrom: 0, regionTo: 1e12 } : {}) };
}

function scopedActor(subject: Subject, access: Actor["access"]): Omit<Actor, "door"> {
  const { from, to } = subject.region === 0 ? { from: 0, to: 0 } : subtree(subject.region);
  return {
    access,
    region: subject.region,
    regionFrom: from,
    regionTo: to,
    lineage: subject.region === 0 ? [] : lineage(subject.region),
    ownUnit: null,
    county: subject.county,
    post: subject.post ?? null,
    account: subject.account,
    username: subject.username,
    postTitle: subject.postTitle ?? null,
    role: subject.role ?? null,
    address: null,
    request: null,
  };
}

function placeOf(origin: Origin | undefined): { address: string | null; request: string | null } {
  return { address: origin?.address ?? null, request: origin?.request ?? null };
}
