/** Targets and one-offs of a pack. */
import type { Pack } from "../../packs/pack-schema.ts";
import { makeSystemActor } from "../domains/auth/index.ts";
import { recordAudit } from "../domains/audit/index.ts";
import { validateNumber } from "../domains/ledger/core/validate-number.ts";
import { insertOneOff, insertSource, loadMeasures, raiseLedgerVersion } from "../domains/ledger/index.ts";
import type { MeasureCatalog } from "../domains/ledger/index.ts";
import { insertTarget } from "../domains/indicators/index.ts";
import { withActor } from "../platform/db/actor.ts";
import type { Tx } from "../platform/db/actor.ts";
import { countyOf } from "../shared/region-code.ts";
import type { Application } from "./application.ts";

const title = "数据包装载 pack loader";

export async function loadTargets(application: Application, pack: Pack): Promise<void> {
  await inPack(application, pack, async (tx, catalog, sourceOf) => {
    let added = 0;
    for (const row of pack.targets) {
      const measure = catalog.byCode.get(row.measure);
      if (!measure) continue;
      const read = validateNumber(measure, row.kind === "growth" ? "growth" : "value", row.value, row.unit);
      if (!read.ok) throw new Error(`targets.csv: ${row.measure} ${row.year}: ${read.error.code}`);
      const done = await insertTarget(tx, {
        region: row.region,
        measure: measure.id,
        year: Number(row.year),
        kind: row.kind,
        value: read.value.value,
        stated: read.value.stated,
        source: await sourceOf(row.source, row.region),
        locator: row.quote === null ? row.locator : `${row.locator ?? ""}：“${row.quote}”`,
      });
      if (done) added++;
    }
    return added;
  });
}

export async function loadOneOffs(application: Application, pack: Pack): Promise<void> {
  await inPack(application, pack, async (tx, catalog, sourceOf) => {
    let added = 0;
    for (const row of pack.oneOffs) {
      const measure = catalog.byCode.get(row.measure);
      if (!measure) continue;
      const read = validateNumber(measure, "value", row.amount, row.unit);
      if (!read.ok) throw new Error(`one_offs.csv: ${row.measure} ${row.period}: ${read.error.code}`);
      const done = await insertOneOff(tx, {
        region: row.region,
        measure: measure.id,
        period: row.period,
        amount: read.value.value,
        stated: read.value.stated,
        reason: row.reasonZh,
        source: await sourceOf(row.source, row.region),
      });
      if (done) added++;
    }
    return added;
  });
}

type SourceOf = (key: string, region: number) => Promise<number>;

/** One transaction as the pack loader, rolled back when it added nothing, so that sources are not made in vain. */
async function inPack(
  application: Application,
  pack: Pack,
  work: (tx: Tx, catalog: MeasureCatalog, sourceOf: SourceOf) => Promise<number>,
): Promise<void> {
  const actor = { ...makeSystemActor("taizhang_actor", pack.prefecture), postTitle: title };
  const nothingNew = new Error("nothing new");
  try {
    await withActor(application.pools, actor, async (tx) => {
      const made = new Map<string, number>();
      const counties = new Set<number>();
      const sourceOf: SourceOf = async (key, region) => {
        const county = countyOf(region);
        counties.add(county);
        const known = made.get(`${county} ${key}`);
        if (known !== undefined) return known;
        const id = await addSource(tx, pack, key, county);
        made.set(`${county} ${key}`, id);
        return id;
      };
      const added = await work(tx, await loadMeasures(tx), sourceOf);
      if (added === 0) throw nothingNew;
      await raiseLedgerVersion(tx, [...counties]);
      await recordAudit(tx, { action: "pack.load", object: `pack:${pack.code}`, after: { added } });
    });
  } catch (error) {
    if (error !== nothingNew) throw error;
  }
}

async function addSource(tx: Tx, pack: Pack, key: string, county: number): Promise<number> {
  const source = pack.sources.find((candidate) => candidate.source === key);
  if (!source) throw new Error(`pack ${pack.code} has no source ${key}`);
  return insertSource(tx, {
    county,
    region: county * 1_000_000,
    kind: source.kind,
    title: source.titleZh,
    fileName: source.file,
    sha256: source.sha256,
    bytes: null,
    rows: 0,
    audience: county * 1_000_000,
    idempotency: null,
    recordedByTitle: title,
  });
}
