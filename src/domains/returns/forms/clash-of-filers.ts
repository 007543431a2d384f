/** A figure has one source: two units of one region cannot both report what is posted as that region's. */
import type { Tx } from "../../../platform/db/actor.ts";
import type { FormDefinition } from "../core/form.ts";
import { listNeighbouringFilers } from "./store.ts";

/** Whether every filer reports the same rows: then those of one region would post the same figures. */
function postsSameFigures({ columns, subjects }: FormDefinition): boolean {
  return columns.some(({ posts }) => posts !== null) && !(subjects.kind === "list" && subjects.isOpen);
}

/** @returns whom it concerns and how to mend it; undefined when no two filers meet. Open lists are held apart when posted. */
export async function clashOfFilers(
  tx: Tx,
  county: number,
  form: FormDefinition,
): Promise<{ zh: string; en: string } | undefined> {
  if (!postsSameFigures(form)) return undefined;
  const [pair] = await listNeighbouringFilers(tx, county, form.filers);
  if (pair === undefined) return undefined;
  return {
    zh: `${pair.oneZh}和${pair.otherZh}同属${pair.regionZh}，会入账到同一数据：只留一个填报单位，或取消入账`,
    en: `${pair.oneEn ?? pair.oneZh} and ${pair.otherEn ?? pair.otherZh} are both of ${pair.regionEn ?? pair.regionZh} and would post the same figures: keep one of them, or post nothing`,
  };
}
