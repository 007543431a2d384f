import type { z } from "zod";
import type { InspectedFile } from "../../../../domains/relief/contract.ts";

export type Inspected = z.output<typeof InspectedFile>;
