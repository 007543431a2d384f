import { Link } from "@tanstack/react-router";
import type { Permission } from "../../domains/auth/contract.ts";
import { useSpeech } from "../i18n/language.tsx";
import type { Messages } from "../i18n/language.tsx";
import { useSession } from "../session/session.tsx";

type Place = {
  to: string;
  name: keyof Messages["nav"];
  /** the permission, or one of several */
  needs: Permission | readonly Permission[];
  group?: Group;
};
const groups = ["returns", "relief"] as const;
type Group = (typeof groups)[number];

/** The domains that exist, in the order of the nav; a post sees those that it may read. */
export const places = [
  { to: "/", name: "overview", needs: "figures.read" },
  { to: "/indicators", name: "indicators", needs: "figures.read" },
  { to: "/figures", name: "figures", needs: "figures.read" },
  { to: "/briefing", name: "briefing", needs: "briefing.read" },
  { to: "/proofing", name: "proofing", needs: "proofing.check" },
  { to: "/returns", name: "myReturns", needs: ["returns.file", "returns.review"], group: "returns" },
  { to: "/returns/review", name: "review", needs: "returns.review", group: "returns" },
  { to: "/returns/board", name: "board", needs: "returns.read", group: "returns" },
  { to: "/returns/forms", name: "forms", needs: "returns.read", group: "returns" },
  { to: "/relief", name: "registry", needs: "registry.read", group: "relief" },
  { to: "/lookback", name: "lookback", needs: "lookback.run", group: "relief" },
  { to: "/clues", name: "clues", needs: "clues.read", group: "relief" },
  { to: "/notices", name: "notices", needs: "clues.read", group: "relief" },
  { to: "/accounts", name: "accounts", needs: "accounts.read" },
  { to: "/audit", name: "audit", needs: "audit.read" },
] as const satisfies readonly Place[];

/** Pages that go on with the region and the month that one is looking at. */
const carried: readonly string[] = ["/", "/indicators", "/briefing"];

export function mayOpen({ needs }: Pick<Place, "needs">, permissions: readonly Permission[]): boolean {
  return [needs].flat().some((one) => permissions.includes(one));
}

type AnyPlace = (typeof places)[number];

export function Navigation() {
  const { t } = useSpeech();
  const { permissions } = useSession();
  const own: readonly AnyPlace[] = places.filter((place) => mayOpen(place, permissions));
  return (
    <nav className="navigation" aria-label={t.nav.label}>
      <PlaceList places={own.filter((place) => !("group" in place))} />
      {groups.map((group) => {
        const inGroup = own.filter((place) => "group" in place && place.group === group);
        return inGroup.length === 0 ? null : (
          <div key={group} className="navigation-group">
            <span id={`nav-${group}`}>{t.nav[group]}</span>
            <PlaceList places={inGroup} labelledBy={`nav-${group}`} />
          </div>
        );
      })}
    </nav>
  );
}

function PlaceList({ places: list, labelledBy }: { places: readonly AnyPlace[]; labelledBy?: string }) {
  const { t } = useSpeech();
  if (list.length === 0) return null;
  return (
    <ul aria-labelledby={labelledBy}>
      {list.map((place) => (
        <li key={place.to}>
          <Link
            to={place.to}
            search={carried.includes(place.to) ? ({ region, period }) => ({ region, period }) : {}}
            activeOptions={{ exact: place.to === "/" || place.to === "/returns", includeSearch: false }}
          >
            {t.nav[place.name]}
          </Link>
        </li>
      ))}
    </ul>
  );
}
