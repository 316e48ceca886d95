import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { errorTable } from "../../src/kernel/codes.ts";
import { callRow } from "../support/call-row.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { run } from "./support/test-io.ts";
import { writeCalls } from "./support/write-calls.ts";

// Configs are compiled in processes that share the machine with whatever else runs.
setDefaultTimeout(60_000);

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;

const rows = [
  callRow({ requestId: "req_old", time: NOW - 90 * MINUTE, tenant: "shop", model: "slow" }),
  callRow({ requestId: "req_bad", time: NOW - 20 * MINUTE, status: 429, errorCode: "LK-3011", usage: null }),
  callRow({
    requestId: "req_down",
    time: NOW - 10 * MINUTE,
    status: 502,
    errorCode: "LK-3012",
    costNanoUsd: null,
  }),
  callRow({ requestId: "req_end", time: NOW, endpoint: "sentiment@1.0.0", key: "other", service: "labels" }),
];

async function requests(cwd: string, ...flags: string[]): Promise<string[]> {
  const { out, errors } = await run(["logs", "--json", ...flags], { cwd, nowMs: NOW });
  if (out === "") expect(errors).toBe("No calls.\n");
  return out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => (JSON.parse(line) as { requestId: string }).requestId);
}

describe("logs", () => {
  test("shows all calls, oldest first, between tabs where nobody watches", async () => {
    const cwd = tempFolder();
    await writeCalls(cwd, rows);
    const { code, out, errors } = await run(["logs"], { cwd, nowMs: NOW });
    expect({ code, errors }).toEqual({ code: exitCodes.ok, errors: "" });
    const cells = out
      .slice(0, -1)
      .split("\n")
      .map((line) => line.split("\t"));
    expect(cells[0]?.slice(0, 5)).toEqual(["time", "status", "ms", "who", "what"]);
    expect(cells.slice(1).map((line) => line.at(8))).toEqual(["req_old", "req_bad", "req_down", "req_end"]);
    expect(cells[4]).toEqual([
      new Date(NOW).toISOString(),
      "200",
      "12.3",
      "acme/shop",
      "sentiment@1.0.0",
      "oai/gpt-4o-mini",
      "10+5",
      "0.0000045",
      "req_end",
      "",
    ]);
    expect(cells[2]?.slice(6)).toEqual(["-", "0.0000045", "req_bad", "LK-3011"]);
  });

  test("aligns columns on a terminal and marks failures", async () => {
    const cwd = tempFolder();
    await writeCalls(cwd, rows);
    const { out } = await run(["logs"], { cwd, nowMs: NOW, terminal: true });
    const lines = Bun.stripANSI(out).trimEnd().split("\n");
    const starts = lines.map((line) => line.indexOf("req"));
    expect(new Set(starts).size).toBe(1);
    expect(out).toContain("\u001b[33m");
    expect(out).toContain("\u001b[31m");
  });

  test("chooses by every condition that is given", async () => {
    const cwd = tempFolder();
    await writeCalls(cwd, rows);
    expect(await requests(cwd)).toEqual(["req_old", "req_bad", "req_down", "req_end"]);
    expect(await requests(cwd, "--since", "1h")).toEqual(["req_bad", "req_down", "req_end"]);
    expect(await requests(cwd, "--limit", "2")).toEqual(["req_down", "req_end"]);
    expect(await requests(cwd, "--status", "5xx")).toEqual(["req_down"]);
    expect(await requests(cwd, "--status", "429")).toEqual(["req_bad"]);
    expect(await requests(cwd, "--error", "lk3011")).toEqual(["req_bad"]);
    expect(await requests(cwd, "--tenant", "shop")).toEqual(["req_old"]);
    expect(await requests(cwd, "--model", "slow")).toEqual(["req_old"]);
    expect(await requests(cwd, "--endpoint", "sentiment@1.0.0")).toEqual(["req_end"]);
    expect(await requests(cwd, "--key", "other")).toEqual(["req_end"]);
    expect(await requests(cwd, "--service", "labels")).toEqual(["req_end"]);
    expect(await requests(cwd, "--app", "shop", "--target", "oai/gpt-4o-mini", "--status", "2xx")).toEqual([
      "req_old",
      "req_end",
    ]);
    expect(await requests(cwd, "--tenant", "nobody")).toEqual([]);
  });

  test("shows one call in full", async () => {
    const cwd = tempFolder();
    await writeCalls(cwd, rows);
    const { code, out } = await run(["logs", "--request", "req_bad"], { cwd, nowMs: NOW });
    expect(code).toBe(exitCodes.ok);
    expect(out).toMatch(/^ {2}errorCode +LK-3011$/m);
    expect(out).toMatch(/^ {2}time +2027-01-15T07:40:00.000Z$/m);
    const unknown = await run(["logs", "--request", "req_none"], { cwd });
    expect(unknown.code).toBe(exitCodes.notFound);
    expect(unknown.errors).toContain("error LK-6108: The call log has no request req_none.\n");
    const { out: answer } = await run(["logs", "--request", "req_none", "--json"], { cwd });
    // One line, as all that this command writes.
    expect(answer.trimEnd().split("\n")).toHaveLength(1);
    expect(JSON.parse(answer)).toEqual({
      error: {
        code: "LK-6108",
        message: "The call log has no request req_none.",
        detail: null,
        help: errorTable["LK-6108"].help,
      },
    });
  });

  test("shows calls in the order of their times, however they were stored", async () => {
    const cwd = tempFolder();
    await writeCalls(
      cwd,
      [3, 1, 2].map((minute) => callRow({ requestId: `req_${minute}`, time: NOW + minute * MINUTE })),
    );
    expect(await requests(cwd)).toEqual(["req_1", "req_2", "req_3"]);
  });

  test("shows what was lost", async () => {
    const cwd = tempFolder();
    const time = Date.now() - MINUTE;
    await writeCalls(cwd, [callRow({ time }), callRow({ time })], 1);
    const { errors } = await run(["logs"], { cwd });
    expect(errors).toContain("1 row lost: `call-log-failed` in the gateway's log says why");
    const { out } = await run(["logs", "--json"], { cwd });
    expect(JSON.parse(out.trimEnd().split("\n").at(-1) ?? "")).toMatchObject({ event: "loss", rows: 1 });
  });

  test("shows what was lost before the first row that there is", async () => {
    const cwd = tempFolder();
    const time = Date.now() + MINUTE;
    await writeCalls(cwd, [callRow({ time }), callRow({ time })], 1);
    await writeCalls(cwd, [callRow({ time })]);
    expect((await run(["logs"], { cwd })).errors).toContain("1 row lost");
    expect((await run(["logs", "--limit", "3"], { cwd })).errors).toContain("1 row lost");
    // Rows before the first one shown are left out, and so are their losses.
    expect((await run(["logs", "--limit", "1"], { cwd })).errors).toBe("");
  });

  test("has nothing to show before the first call", async () => {
    expect(await run(["logs"], { cwd: tempFolder() })).toEqual({
      code: exitCodes.ok,
      out: "",
      errors: "No calls.\n",
    });
  });

  test.each([
    [["--since", "yesterday"], "--since takes a time"],
    [["--status", "6xx"], "--status takes a status"],
    [["--status", "abc"], "--status takes a status"],
    [["--limit", "0"], "--limit takes a number"],
    [["--limit", "1e3"], "--limit takes a number"],
  ])("refuses %p", async (flags, message) => {
    const { code, errors } = await run(["logs", ...flags], { cwd: tempFolder() });
    expect(code).toBe(exitCodes.usage);
    expect(errors).toContain(message);
  });

  test.each([true, false])("cuts a long path short (terminal: %p), but not as JSON", async (terminal) => {
    const cwd = tempFolder();
    const path = `/${"x".repeat(97)}\u{1f511}${"y".repeat(1_000)}`;
    await writeCalls(cwd, [callRow({ requestId: "req_long", tenant: null, model: null, path })]);
    const { out } = await run(["logs"], { cwd, nowMs: NOW, terminal });
    expect(out).toContain(`/${"x".repeat(97)}\u2026`);
    for (const line of Bun.stripANSI(out).trimEnd().split("\n")) expect(line.length).toBeLessThan(300);
    expect(JSON.parse((await run(["logs", "--json"], { cwd, nowMs: NOW })).out)).toMatchObject({ path });
    expect((await run(["logs", "--request", "req_long"], { cwd, nowMs: NOW })).out).toContain(path);
  });

  test("lets no text of a row move the cursor", async () => {
    const cwd = tempFolder();
    await writeCalls(cwd, [callRow({ tenant: null, model: null, path: "/v1/\u001b[2J\nx" })]);
    const { out } = await run(["logs"], { cwd });
    expect(out).not.toContain("\u001b");
    expect(out.trimEnd().split("\n")).toHaveLength(2);
  });
});
