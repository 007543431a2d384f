import { Buffer } from "node:buffer";
import { expect, it } from "vitest";
import { unpackZip } from "../../platform/docx/deterministic-zip.ts";
import { composeBriefing } from "./core/compose-briefing.ts";
import { julyInput } from "./core/july-2016.sample.ts";
import { renderBriefing } from "./render-briefing.ts";

const paragraphs = (xml: string): string[] =>
  [...xml.matchAll(/<w:p>.*?<\/w:p>/gs)].map(([p]) =>
    [...p.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map((t) => t[1]).join(""),
  );

it("sets the July briefing in Word with each of its figures linked to a row of the appendix", async () => {
  const briefing = composeBriefing(julyInput);
  const bytes = await renderBriefing(briefing, { today: "2016-08-15" });
  const parts = unpackZip(bytes);
  const body = parts.get("word/document.xml")?.toString("utf8") ?? "";
  const words = paragraphs(body);
  for (const block of briefing.blocks) {
    if (block.kind === "paragraph")
      expect(words).toContain(`${block.lead ?? ""}${block.runs.map((run) => run.text).join("")}`);
  }
  const marks = new Set(
    [...body.matchAll(/<w:bookmarkStart[^>]*w:name="([^"]+)"/g)].map((match) => match[1]),
  );
  const links = [...body.matchAll(/<w:hyperlink w:anchor="([^"]+)"/g)].map((match) => match[1] as string);
  const figures = briefing.blocks.flatMap((block) =>
    block.kind === "paragraph" ? block.runs.filter((run) => run.kind === "figure") : [],
  );
  expect(links.length).toBeGreaterThan(figures.length);
  for (const link of links) expect(marks).toContain(link);
  for (const fact of briefing.facts) expect(marks).toContain(`ref_${fact.ref}`);
  expect([...parts.keys()].filter((name) => name.endsWith(".png")).length).toBe(1);
  const again = await renderBriefing(composeBriefing(julyInput), { today: "2016-08-15" });
  expect(Buffer.compare(Buffer.from(bytes), Buffer.from(again))).toBe(0);
}, 20_000);

it("says what went wrong and makes the next one all the same", async () => {
  const briefing = composeBriefing(julyInput);
  await expect(renderBriefing(briefing, { today: "tomorrow" })).rejects.toThrow("not a day: tomorrow");
  const [one, two] = await Promise.all([
    renderBriefing(briefing, { today: "2016-08-15" }),
    renderBriefing({ ...briefing, title: "另一份" }, { today: "2016-08-15" }),
  ]);
  expect(Buffer.compare(Buffer.from(one), Buffer.from(two))).not.toBe(0);
}, 20_000);
