/**
 * Relief over HTTP, part by part: first the registry, then the look-back and what comes of it.
 */
export * from "./contract/words.ts";
export * from "./contract/registry.ts";
export * from "./contract/households.ts";
export * from "./contract/imports.ts";
export * from "./contract/registers.ts";
export * from "./contract/precision.ts";
export * from "./contract/rules.ts";
export * from "./contract/runs.ts";
export * from "./contract/clues.ts";
export * from "./contract/notices.ts";
