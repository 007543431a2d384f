import { expect, test } from "vitest";
import { readProblem } from "./problem.ts";

const answer = (body: unknown) =>
  readProblem(new Response(typeof body === "string" ? body : JSON.stringify(body), { status: 422 }));

test("a problem of ours without details has none, in either language", async () => {
  const read = await answer({
    code: "REGISTER_REFUSED",
    title: "The register has problems",
    detail: "The register has problems",
    titles: { zh: "名册有误", en: "The register has problems" },
  });
  expect(read.titles.zh).toBe("名册有误");
  expect(read.details).toBeUndefined();
});

test("details of ours are kept in both languages", async () => {
  const details = { zh: "还缺签名", en: "A signature is missing" };
  const read = await answer({
    code: "X",
    detail: "A signature is missing",
    titles: { zh: "缺", en: "m" },
    details,
  });
  expect(read.details).toEqual(details);
});

test("a problem of somebody else is told as it is, a page of HTML by its status", async () => {
  expect(await answer({ title: "Too large", detail: "12 MB at most" })).toMatchObject({
    titles: { zh: "Too large", en: "Too large" },
    details: { zh: "12 MB at most", en: "12 MB at most" },
  });
  expect((await answer("<html>")).code).toBe("HTTP_422");
});
