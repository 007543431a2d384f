import { describe, expect, test } from "vitest";
import { proofInThread } from "./proof-thread.ts";

const text = "共有在库项目192个。其中，上年结转61个，本年新建132个。";

describe("the thread", () => {
  test("proofs texts and files", async () => {
    const found = [
      await proofInThread({ kind: "text", text }),
      await proofInThread({ kind: "file", name: "稿.txt", bytes: Buffer.from(text) }),
    ];
    for (const proofed of found) {
      expect(proofed.text).toBe(text);
      expect(proofed.claims.some((claim) => claim.verdict === "inconsistent")).toBe(true);
    }
  });

  test("passes on what is refused, with how to mend it", async () => {
    const refused = proofInThread({ kind: "file", name: "稿.docx", bytes: Buffer.from(text) });
    await expect(refused).rejects.toMatchObject({ code: "DRAFT_UNREADABLE", status: 422 });
    await expect(refused).rejects.toHaveProperty("detail.zh", expect.stringMatching(/\.docx/));
  });

  test("tells a fault by kind and place and not by what the draft says, and goes on", async () => {
    const broken = { [Symbol.toPrimitive]: undefined, length: 1, secret: "绝密" };
    const fault = await proofInThread({ kind: "text", text: broken as unknown as string }).catch(String);
    expect(fault).toMatch(/TypeError\n {4}at /);
    expect(fault).not.toContain("绝密");
    expect((await proofInThread({ kind: "text", text })).text).toBe(text);
  });

  test("answers orders in turn, however many come at once", async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `${index}${text}`);
    const proofed = await Promise.all(texts.map((one) => proofInThread({ kind: "text", text: one })));
    expect(proofed.map((one) => one.text)).toEqual(texts);
  });
});
