/** Global setup of the journeys: where the demonstration is kept that each of their files gets a copy of. */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  // merged into vitest's own interface
  interface ProvidedContext {
    /** a data directory; empty until the first file asks for its copy, since some need none */
    demoTemplate: string;
  }
}

/** Called by vitest before the first journey. @returns what it calls after the last */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "taizhang-demo-"));
  await chmod(dataDir, 0o711); // under root PostgreSQL runs as a system user, who must get through to his own folder
  project.provide("demoTemplate", dataDir);
  return () => rm(dataDir, { recursive: true, force: true });
}
