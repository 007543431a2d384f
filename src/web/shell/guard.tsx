/** Pages of other posts say so instead of failing; the first page of a post is the first that it may read. */
import { Navigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Permission } from "../../domains/auth/contract.ts";
import { useSession } from "../session/session.tsx";
import { mayOpen, places } from "./navigation.tsx";
import { Forbidden } from "./trouble.tsx";

type GuardProps = { needs: Permission | readonly Permission[]; children: ReactNode };

export function Guard({ needs, children }: GuardProps) {
  const { permissions } = useSession();
  return [needs].flat().some((one) => permissions.includes(one)) ? children : <Forbidden />;
}

/** "/" is the overview for those who read figures; an administrator is taken to a page of the administrator's own. */
export function FirstPage({ children }: { children: ReactNode }) {
  const { permissions } = useSession();
  if (permissions.includes("figures.read")) return children;
  const first = places.find((place) => mayOpen(place, permissions));
  return first === undefined ? <Forbidden /> : <Navigate to={first.to} replace />;
}
