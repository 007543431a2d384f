/** The relief registry of a pack: an export of the national system, made up by the pack, goes the way of any import. */
import { generateRegistryOf } from "../../packs/pack-schema.ts";
import type { Pack } from "../../packs/pack-schema.ts";
import { makeSystemActor } from "../domains/auth/index.ts";
import { importRegistry, loadHistory } from "../domains/relief/index.ts";
import { readKeyring } from "../platform/sealing/keyring.ts";
import { openSealer } from "../platform/sealing/sealer.ts";
import type { Application } from "./application.ts";

export async function loadRegistry(application: Application, pack: Pack, today: string): Promise<void> {
  const registry = await generateRegistryOf(pack);
  if (registry === undefined) return;
  const { config, pools } = application;
  const actor = { ...makeSystemActor("taizhang_actor", pack.region), postTitle: "数据包装载 pack loader" };
  const incoming = {
    title: registry.title,
    origin: "synthetic" as const,
    fileName: registry.fileName,
    keepDoubts: false,
    file: { content: toBytes(registry.csv) },
  };
  const sealer = openSealer(await readKeyring(config.dataDir), config.cipher);
  await importRegistry(actor, incoming, { pools, sealer, today, tell: () => {} });
  await loadHistory(pools, actor, registry);
}

const PIECE = 1 << 16;

/** In pieces of the size that a file is read in. */
async function* toBytes(texts: Iterable<string>): AsyncGenerator<Buffer> {
  let piece = "";
  for (const text of texts) {
    piece += text;
    if (piece.length < PIECE) continue;
    yield Buffer.from(piece);
    piece = "";
  }
  yield Buffer.from(piece);
}
