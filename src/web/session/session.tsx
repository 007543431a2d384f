/** Who is at the page: the session of the server, the acting post, and what happens when either changes. */
import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useMemo } from "react";
import type { ReactNode } from "react";
import type { Permission, SessionView } from "../../domains/auth/contract.ts";
import { setCsrf } from "../api/client.ts";
import { RequestFailed } from "../api/problem.ts";
import { sessionKey } from "../api/queries.ts";
import { api } from "../api/routes.ts";

/** The session; null when nobody is signed in; "lost" when somebody was and the server no longer knows them. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }): Promise<SessionView | null | "lost"> => {
    try {
      return adopt(await api.session(undefined, {}, signal));
    } catch (error) {
      if (error instanceof RequestFailed && error.problem.status === 401) return adopt(null);
      throw error;
    }
  },
});

function adopt<Session extends SessionView | null | "lost">(session: Session): Session {
  setCsrf(session === null || session === "lost" ? undefined : session.csrf);
  return session;
}

export type SessionActions = {
  /** after signing in, switching the post or changing the password: what the old post saw is forgotten */
  become: (session: SessionView) => void;
  /** asks the server again who this is, keeping what is shown */
  refresh: () => Promise<void>;
  signOut: () => Promise<void>;
  /** the server no longer knows us */
  forget: () => void;
};

export function useSessionActions(): SessionActions {
  const client = useQueryClient();
  return useMemo(() => {
    const dropOthers = () =>
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
    const become = (session: SessionView | null | "lost") => {
      client.setQueryData(sessionKey, adopt(session));
      dropOthers();
    };
    return {
      become,
      refresh: () => client.invalidateQueries({ queryKey: sessionKey }),
      forget: () => become("lost"),
      signOut: async () => {
        await api.signOut();
        become(null);
      },
    };
  }, [client]);
}

const SessionContext = createContext<SessionView | undefined>(undefined);

export function SessionProvider({ session, children }: { session: SessionView; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The session of the person signed in; only below the gate. */
export function useSession(): SessionView {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error("useSession outside of the signed-in part");
  return session;
}

export function useMay(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}
