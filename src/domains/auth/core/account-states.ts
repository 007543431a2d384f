/** The life of an account as data: 系统管理员 creates, 安全管理员 approves; who created does not approve. */

export type AccountState = "pending" | "active" | "disabled";
export type AccountVerb = "approve" | "enable" | "disable";

export const ACCOUNT_STATES: readonly AccountState[] = ["pending", "active", "disabled"];

/** verb → from → to; what is not here may not be done. */
export const ACCOUNT_VERBS: Readonly<Record<AccountVerb, Partial<Record<AccountState, AccountState>>>> = {
  approve: { pending: "active" },
  enable: { disabled: "active" },
  disable: { pending: "disabled", active: "disabled" },
};

export type AccountRefusal = "WRONG_STATE" | "OWN_CREATION" | "OWN_ACCOUNT";

type Subject = { id: number; state: AccountState; createdBy: number | null };

/** The state that the verb leads to, or why it may not be done by this administrator. */
export function decideAccountState(
  verb: AccountVerb,
  account: Subject,
  actingAccount: number,
): { to: AccountState } | { refused: AccountRefusal } {
  const to = ACCOUNT_VERBS[verb][account.state];
  if (account.id === actingAccount) return { refused: "OWN_ACCOUNT" };
  if (verb !== "disable" && account.createdBy === actingAccount) return { refused: "OWN_CREATION" };
  return to === undefined ? { refused: "WRONG_STATE" } : { to };
}
