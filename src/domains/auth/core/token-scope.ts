/** What an API token reaches now: never more than the post it was made for. */
import { contains } from "../../../shared/region-code.ts";
import { accessOf, isAdministrator } from "./roles.ts";
import type { Role } from "./roles.ts";

export type TokenGrant = { region: number; access: "read" | "write" };
export type HeldPost = { region: number; role: Role };

/** The lesser of token and post; undefined when the token reaches beyond its post, and so is good for nothing. */
export function computeTokenScope(token: TokenGrant, post: HeldPost): TokenGrant | undefined {
  if (isAdministrator(post.role) || !contains(post.region, token.region)) return undefined;
  const access = token.access === "write" && accessOf(post.role) === "write" ? "write" : "read";
  return { region: token.region, access };
}
