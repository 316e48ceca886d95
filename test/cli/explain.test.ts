import { describe, expect, test } from "bun:test";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { explanations, normalizeCode } from "../../src/cli/explanations.ts";
import { diagnosticTable } from "../../src/compiler/diagnostic-codes.ts";
import { errorTable } from "../../src/kernel/codes.ts";
import { run } from "./support/test-io.ts";

describe("explain", () => {
  test.each(["LK-2001", "lk-2001", "lk2001", "2001", " 2001 "])("understands %p", async (written) => {
    const { code, out } = await run(["explain", written]);
    expect(code).toBe(exitCodes.ok);
    expect(out).toStartWith("LK-2001  No API key was sent.\n");
    expect(out).toContain("HTTP status 401");
  });

  test.each(["LK1001", "lk-1001", "1001"])("understands the diagnostic %p", async (written) => {
    expect((await run(["explain", written])).out).toStartWith(`LK1001  ${diagnosticTable.LK1001.title}\n`);
  });

  test("tells no status of what only the command line meets", async () => {
    expect((await run(["explain", "6101"])).out).not.toContain("HTTP");
  });

  test("lists all codes, each once", async () => {
    const { out } = await run(["explain"]);
    const { codes } = JSON.parse((await run(["explain", "--json"])).out) as { codes: { code: string }[] };
    expect(codes).toEqual([...explanations()]);
    expect(out.trimEnd().split("\n")).toHaveLength(codes.length);
    expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length);
  });

  test("suggests the code that was meant", async () => {
    const { code, errors } = await run(["explain", "LK-2O01"]);
    expect(code).toBe(exitCodes.notFound);
    expect(errors).toContain("did you mean LK-2001?");
    const { out } = await run(["explain", "8888", "--json"]);
    expect(JSON.parse(out)).toEqual({
      error: {
        code: "LK-6107",
        message: "There is no code 8888",
        detail: null,
        help: errorTable["LK-6107"].help,
      },
    });
  });

  test("every code is its own normal form", () => {
    for (const { code } of explanations()) expect(normalizeCode(code.toLowerCase())).toBe(code);
  });
});
