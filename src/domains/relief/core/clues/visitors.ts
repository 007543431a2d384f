/** Who may visit a household (回避): two different people, none of them a member, none a declared relative. */

export type VisitorFault = { kind: "same-twice" | "member" | "relative"; name: string };

/** Names as people write them: spaces and full-width forms apart. */
export const plainName = (name: string): string => name.normalize("NFKC").replaceAll(/\s/g, "");

/**
 * A member's name is refused whoever bears it: two people of one name in a village are rarer than a member who verifies
 * himself, and another visitor is easily found.
 */
export function findVisitorFault(
  visitors: readonly string[],
  members: readonly string[],
  relatives: readonly string[],
): VisitorFault | undefined {
  const names = visitors.map(plainName);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) return { kind: "same-twice", name: twice };
  const member = names.find((name) => members.map(plainName).includes(name));
  if (member !== undefined) return { kind: "member", name: member };
  const relative = names.find((name) => relatives.map(plainName).includes(name));
  return relative === undefined ? undefined : { kind: "relative", name: relative };
}
