/** No figures for this region: the regions below that may have some, or the way to record the first. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { nearRegionsQuery } from "../../api/shared-queries.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { useMay } from "../../session/session.tsx";
import { Empty } from "../../shell/trouble.tsx";

export function NothingYet({ region, period }: { region: number; period: string }) {
  const { t, nameOf } = useSpeech();
  const mayWrite = useMay("figures.write");
  const near = useQuery(nearRegionsQuery(region));
  const below = near.data?.slice(1) ?? [];
  return (
    <Empty
      title={period === "" ? t.overview.emptyEver : t.overview.empty}
      next={below.length > 0 ? t.overview.emptyBelow : t.overview.emptyNext}
    >
      {below.length > 0 && (
        <ul className="region-links">
          {below.map((one) => (
            <li key={one.code}>
              <Link to="/" search={{ region: one.code }}>
                {nameOf(one)}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <p className="actions">
          <Link to="/figures/import">{t.figures.import}</Link>
          <Link to="/figures/record">{t.figures.record}</Link>
        </p>
      )}
    </Empty>
  );
}
