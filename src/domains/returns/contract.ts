/**
 * Returns over HTTP, part by part. Values are decimal text in the unit of their column; a cell that is blank is null.
 */
export * from "./contract/words.ts";
export * from "./contract/forms.ts";
export * from "./contract/filing.ts";
export * from "./contract/course.ts";
export * from "./contract/workbook.ts";
export * from "./contract/board.ts";
export * from "./contract/inbox.ts";
