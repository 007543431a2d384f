/** Our own briefing is a draft like any other: read back from Word and proofed, nothing in it is wrong. */
import { expect, it } from "vitest";
import { readWordText } from "../../platform/docx/read-word.ts";
import { chooseFindings } from "../proofing/core/choose-claims.ts";
import { countClaims } from "../proofing/core/claim.ts";
import { proofText } from "../proofing/core/proof-text.ts";
import { composeBriefing } from "./core/compose-briefing.ts";
import { julyInput } from "./core/july-2016.sample.ts";
import { renderBriefing } from "./render-briefing.ts";

it("holds no figure that proofing would mark, last digits included", async () => {
  const bytes = await renderBriefing(composeBriefing(julyInput), { today: "2016-08-15" });
  const claims = proofText(readWordText(bytes));
  expect(chooseFindings(claims, true).map((claim) => claim.message.zh)).toEqual([]);
  expect(countClaims(claims).consistent, "relations that were looked at").toBeGreaterThan(3);
}, 20_000);
