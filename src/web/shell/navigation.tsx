import { Link } from "@tanstack/react-router";
import type { Permission } from "../../domains/auth/contract.ts";
import { useSpeech } from "../i18n/language.tsx";
import type { Messages } from "../i18n/language.tsx";
import { useSession } from "../session/session.tsx";

type Place = { to: string; name: keyof Messages["nav"]; needs: Permission; exact?: boolean };

/** The domains that exist, in the order of the nav; a post sees those that it may read. */
export const places = [
  { to: "/", name: "overview", needs: "figures.read", exact: true },
  { to: "/indicators", name: "indicators", needs: "figures.read" },
  { to: "/figures", name: "figures", needs: "figures.read" },
  { to: "/briefing", name: "briefing", needs: "briefing.read" },
  { to: "/proofing", name: "proofing", needs: "proofing.check" },
  { to: "/accounts", name: "accounts", needs: "accounts.read" },
  { to: "/audit", name: "audit", needs: "audit.read" },
] as const satisfies readonly Place[];

/** Pages that go on with the region and the month that one is looking at. */
const carried: readonly string[] = ["/", "/indicators", "/briefing"];

export function Navigation() {
  const { t } = useSpeech();
  const { permissions } = useSession();
  return (
    <nav className="navigation" aria-label={t.nav.label}>
      <ul>
        {places
          .filter((place) => permissions.includes(place.needs))
          .map((place) => (
            <li key={place.to}>
              <Link
                to={place.to}
                search={carried.includes(place.to) ? ({ region, period }) => ({ region, period }) : {}}
                activeOptions={{ exact: place.to === "/", includeSearch: false }}
              >
                {t.nav[place.name]}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  );
}
