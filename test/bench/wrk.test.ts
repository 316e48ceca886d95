import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { luaText, parseWrkOutput, writeWrkScript } from "../../bench/support/wrk.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "latchkey-wrk-"));
});
afterAll(() => rm(folder, { recursive: true }));

const OUTPUT = `Running 2s test @ http://127.0.0.1:1/v1/chat/completions
  1 threads and 64 connections
latchkey-bench requests=50000 microseconds=2000000 bytes=34000000 p50=1410 p99=5750 status=3 sockets=4
`;

test("the result is read from wrk's output", () => {
  expect(parseWrkOutput(OUTPUT)).toEqual({
    requests: 50_000,
    requestsPerSecond: 25_000,
    bytes: 34_000_000,
    p50Microseconds: 1_410,
    p99Microseconds: 5_750,
    failedAnswers: 3,
    socketErrors: 4,
  });
});

test("output without a result gives none", () => {
  expect(parseWrkOutput("unable to connect to 127.0.0.1:1 Connection refused\n")).toBeUndefined();
});

test("a field that is missing is not taken for zero", () => {
  expect(parseWrkOutput("latchkey-bench requests=5")?.failedAnswers).toBeNaN();
});

test("the script posts the body of its file with the headers given", async () => {
  const script = await Bun.file(
    await writeWrkScript(folder, "one", '{"a":"ü"}', { authorization: "Bearer k" }),
  ).text();
  expect(script).toContain('wrk.method = "POST"');
  expect(script).toContain('wrk.headers["content-type"] = "application/json"');
  expect(script).toContain('wrk.headers["authorization"] = "Bearer k"');
  expect(script).toContain(luaText(join(folder, "one.body.json")));
  expect(await Bun.file(join(folder, "one.body.json")).text()).toBe('{"a":"ü"}');
});

test("Lua texts escape what would end them", () => {
  expect(luaText('a"b\\c\nd\re')).toBe('"a\\"b\\\\c\\nd\\re"');
});
