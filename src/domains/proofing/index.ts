/** Front door of the proofing domain. */
export { decodeText, readDraft } from "./read-draft.ts";
