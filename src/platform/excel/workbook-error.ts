/** Why a workbook is refused as a whole. Holds nothing of what is in it. */
export type WorkbookFault =
  | "NOT_A_WORKBOOK"
  | "OLD_FORMAT"
  | "ENCRYPTED"
  | "MACROS"
  | "TOO_LARGE"
  | "DAMAGED";

export class WorkbookError extends Error {
  readonly fault: WorkbookFault;
  constructor(fault: WorkbookFault, options?: ErrorOptions) {
    super(`the workbook cannot be read: ${fault}`, options);
    this.name = "WorkbookError";
    this.fault = fault;
  }
}
