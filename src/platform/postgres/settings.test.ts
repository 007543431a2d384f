import { expect, test } from "vitest";
import { layoutOf } from "./layout.ts";
import { parseOptions, serverSettings } from "./settings.ts";

test.each([
  ["", {}],
  ["  ", {}],
  ["shared_buffers=1GB", { shared_buffers: "1GB" }],
  ["-c shared_buffers=1GB -cjit=on", { shared_buffers: "1GB", jit: "on" }],
  ["work_mem='32 MB'\tpg_stat_statements.max=100", { work_mem: "32 MB", "pg_stat_statements.max": "100" }],
  ["Work_Mem=1MB", { work_mem: "1MB" }],
  ["log_line_prefix=''", { log_line_prefix: "" }],
])("options %j are read", (text, expected) => {
  expect(parseOptions(text)).toEqual(expected);
});

test.each(["shared_buffers", "a=1 b", "-D /elsewhere", "a='open", "a=1;b=2 --x", "a='1'b=2"])(
  "options %j are refused with an example",
  (text) => {
    expect(() => parseOptions(text)).toThrow(
      expect.objectContaining({
        code: "CLUSTER_BAD_OPTIONS",
        message: expect.stringContaining("for example"),
      }),
    );
  },
);

test("options override our settings, but not where the server is found", () => {
  const settings = serverSettings(
    layoutOf("/data/of, someone"),
    "jit=on port=1 unix_socket_directories=/tmp",
  );
  expect(settings).toContain("jit=on");
  expect(settings).not.toContain("jit=off");
  expect(settings).toContain("port=5432");
  expect(settings).toContain('unix_socket_directories="/data/of, someone/run"');
});
