/** Pages of other posts say so instead of failing; the first page of a post is the first that it may read. */
import { Navigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Permission } from "../../domains/auth/contract.ts";
import { useSession } from "../session/session.tsx";
import { places } from "./navigation.tsx";
import { Forbidden } from "./trouble.tsx";

export function Guard({ needs, children }: { needs: Permission; children: ReactNode }) {
  const { permissions } = useSession();
  return permissions.includes(needs) ? children : <Forbidden />;
}

/** "/" is the overview for those who read figures; an administrator is taken to a page of the administrator's own. */
export function FirstPage({ children }: { children: ReactNode }) {
  const { permissions } = useSession();
  if (permissions.includes("figures.read")) return children;
  const first = places.find((place) => permissions.includes(place.needs));
  return first === undefined ? <Forbidden /> : <Navigate to={first.to} replace />;
}
