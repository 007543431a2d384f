/** Front door of the ledger. */
export {
  requireReader,
  scopedRegion,
  toMeasureView,
  toSourceView,
} from "./actions/read-figures.ts";
export { postFigures } from "./actions/post-figures.ts";
export type { NumberToPost } from "./actions/post-figures.ts";
export { recordFigures } from "./actions/record-figures.ts";
export type { TextRow } from "./actions/record-figures.ts";
export { loadMeasures } from "./measure-catalog.ts";
export type { CatalogMeasure, MeasureCatalog } from "./measure-catalog.ts";
export { UNKNOWN_MEASURE } from "./problems.ts";
export {
  findFigures,
  findOneOffs,
  findSources,
  listCorrections,
  listOneOffs,
  readFigures,
  readLedgerVersion,
} from "./store/figures.ts";
export type { FigureRecord, OneOffRecord, SourceRecord } from "./store/figures.ts";
export { insertOneOff, insertSource, raiseLedgerVersion } from "./store/staging.ts";
