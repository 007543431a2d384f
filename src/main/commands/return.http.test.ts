/** `taizhang return upload` against a real server: its outcomes, a token that is wrong, a connection that is lost. */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { writeXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signInAs } from "../../../fixtures/ask.ts";
import { withTestDatabase } from "../../../fixtures/database.ts";
import { COUNTY, openSmallCounty, PASSWORD } from "../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../fixtures/small-county.ts";
import { openSmallReturns } from "../../../fixtures/small-returns.ts";
import { openTestServer } from "../../../fixtures/test-server.ts";
import type { TestServer } from "../../../fixtures/test-server.ts";

const database = withTestDatabase();
let county: SmallCounty;
let server: TestServer;
let folder: string;
let address: string;
let token: string;

beforeAll(async () => {
  county = await openSmallCounty(database);
  await openSmallReturns(database, county);
  server = await openTestServer(database, { county: COUNTY });
  address = await server.app.listen({ port: 0, host: "127.0.0.1" });
  folder = await mkdtemp(join(tmpdir(), "taizhang-return-"));
  const asking = await signInAs(server.app, { username: "sulongkou", password: PASSWORD });
  const made = await asking("POST", "/tokens", {
    body: { name: "统计程序", access: "write", days: 7, password: PASSWORD },
  });
  token = made.json.token;
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await server.close();
  await county.close();
});

async function book(name: string, ytd: string | number): Promise<string> {
  const rows = [
    ["指标", "计量单位", "本期"],
    ["累计零售额", "万元", ytd],
    ["本月零售额", "万元", 100],
    ["其中：网上零售", "万元", 1],
    ["备注", "", "程序报送"],
  ];
  const file = join(folder, name);
  await writeFile(file, await writeXlsx({ sheets: [{ name: "报表", rows }] }));
  return file;
}

type Ran = { status: number | null; out: string; said: string };
async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const child = spawn(process.execPath, ["bin/taizhang.mjs", "return", ...args], {
    env: { ...process.env, TAIZHANG_TOKEN: token, ...env },
  });
  const [out, said, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => {
      child.on("close", resolve);
    }),
  ]);
  return { status, out, said };
}
const upload = (file: string, more: readonly string[] = [], url = address, env = {}): Promise<Ran> =>
  run(["upload", file, "--form", "retail-monthly", "--period", "2016-08", "--url", url, ...more], env);

/** Lets connections through, but cuts the first few when the request has arrived: before the answer, and amid it, in turn. */
async function openCutting(times: number): Promise<Server> {
  const to = new URL(address);
  let cut = 0;
  const proxy = createServer((socket) => {
    const upstream = connect(Number(to.port), to.hostname);
    socket.on("error", () => {});
    upstream.on("error", () => {});
    socket.pipe(upstream);
    upstream.on("data", (piece) => {
      if (cut++ >= times || cut % 2 === 0) socket.write(piece);
      else if (cut % 4 === 1) socket.destroy();
      else socket.write(piece.subarray(0, -20), () => socket.destroy());
    });
    upstream.on("end", () => socket.end());
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, "127.0.0.1", resolve);
  });
  return proxy;
}

describe("taizhang return upload", () => {
  test("tells each problem with its cell, and keeps the file out", async () => {
    const { status, out, said } = await upload(await book("wrong.xlsx", "八百"));
    expect([status, out.split("\t").slice(0, 2)]).toEqual([1, ["hard", "报表!C2"]]);
    expect(said).toContain("not entered: 1 problems");
  });

  test("enters once although every second answer is lost, and submits", async () => {
    const proxy = await openCutting(9);
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const ran = await upload(await book("right.xlsx", 800), ["--submit"], url);
    expect([ran.status, ran.said]).toEqual([0, expect.stringContaining("submitted")]);
    expect(ran.said).toContain("trying again");
    const rows = await database.query("SELECT cells FROM returns.rows");
    expect(rows).toEqual([{ cells: { month: "100", ytd: "800", online: "1", note: "程序报送" } }]);
    expect(await database.query("SELECT 1 FROM returns.files WHERE is_entered")).toHaveLength(1);
    proxy.close();
  });

  test.each([
    ["a wrong token", { TAIZHANG_TOKEN: `tz_${"A".repeat(43)}` }, 1, "请先登录"],
    ["no token", { TAIZHANG_TOKEN: "" }, 2, "TAIZHANG_TOKEN is not set"],
  ])("with %s says so", async (_, env, status, words) => {
    const ran = await upload(await book("again.xlsx", 800), [], address, env);
    expect([ran.status, ran.said]).toEqual([status, expect.stringContaining(words)]);
  });
});
