import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../../../src/compiler/compile.ts";
import type { Diagnostic } from "../../../src/compiler/diagnostic.ts";
import { configFolder, configText } from "../support/config-folder.ts";

// A compilation takes a tenth of a second, but the machine may have other things to do.
setDefaultTimeout(60_000);

async function diagnose(more: string, timeLimitMs = 10_000): Promise<readonly Diagnostic[]> {
  const folder = configFolder({ "gateway.config.ts": configText(more) });
  const { diagnostics, artifact } = await compile({
    configFile: join(folder, "gateway.config.ts"),
    timeLimitMs,
  });
  expect(artifact === null).toBe(diagnostics.some(({ severity }) => severity === "error"));
  return diagnostics;
}

const codes = (diagnostics: readonly Diagnostic[]): readonly string[] => diagnostics.map(({ code }) => code);

describe("running a config", () => {
  test("that loops is ended with all that it started", async () => {
    const folder = configFolder({});
    const pidFile = join(folder, "pid");
    const started = `import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
writeFileSync(${JSON.stringify(pidFile)}, String(spawn("sleep", ["300"], { stdio: "ignore" }).pid));
for (;;);`;
    expect(codes(await diagnose(started, 3_000))).toEqual(["LK1006"]);
    const pid = Number(readFileSync(pidFile, "utf8"));
    expect(pid).toBeGreaterThan(0);
    expect(isRunning(pid)).toBe(false);
  });

  test("that waits for ever ends when nothing can come any more", async () => {
    const [diagnostic] = await diagnose("await new Promise(() => {});");
    expect(diagnostic).toMatchObject({
      code: "LK1006",
      message: "the config waits for something that never comes",
    });
  });

  test("that ends its process is reported where it does so", async () => {
    const [diagnostic] = await diagnose("\nfunction stop(): never {\n  process.exit(3);\n}\nstop();");
    expect(diagnostic).toMatchObject({
      code: "LK1007",
      place: { file: "gateway.config.ts", line: 8, column: 3 },
    });
  });

  test("that is killed or aborts is a crash, not silence", async () => {
    expect(codes(await diagnose('process.kill(process.pid, "SIGKILL");'))).toEqual(["LK1013"]);
    expect(codes(await diagnose("process.reallyExit(4);"))).toEqual(["LK1007"]);
  });

  test("that throws is reported with its message and place, whatever it throws", async () => {
    const [error] = await diagnose('\n\nthrow new RangeError("too far");');
    expect(error).toMatchObject({
      code: "LK1005",
      message: "the config threw RangeError: too far",
      place: { line: 8, column: 11 },
    });
    for (const [thrown, said] of [
      ['"no limits"', "no limits"],
      ["null", "null"],
      ["{ a: 1 }", "an object"],
    ]) {
      expect(await diagnose(`throw ${thrown};`)).toMatchObject([
        { code: "LK1005", message: `the config threw: ${said}` },
      ]);
    }
    expect(
      codes(
        await diagnose('Promise.reject(new Error("later"));\nawait new Promise((go) => setTimeout(go, 50));'),
      ),
    ).toEqual(["LK1005"]);
  });

  test("that throws what holds a secret is reported without it", async () => {
    process.env["LATCHKEY_TEST_PASSWORD"] = "correct horse battery";
    try {
      const thrown = [
        '"correct" + " horse battery"',
        '"sk-proj-" + "abcdefghijklmnop"',
        '"Bearer " + "abcdefghij"',
      ];
      for (const text of thrown) {
        const [diagnostic] = await diagnose(`throw new Error("bad " + ${text});`);
        expect(diagnostic?.message).toMatch(/^the config threw: bad (?:Bearer )?\[masked\]$/);
      }
    } finally {
      delete process.env["LATCHKEY_TEST_PASSWORD"];
    }
  });

  test("that prints a lot is not held up, and not shown", async () => {
    const [diagnostic] = await diagnose('for (let i = 0; i < 20_000; i++) console.log("a line of text", i);');
    expect(diagnostic?.code).toBe("LK1010");
  });

  test("that leaves something running is warned about and comes to an end", async () => {
    expect(codes(await diagnose("Bun.serve({ port: 0, fetch: () => new Response() });"))).toEqual(["LK1012"]);
  });

  test("sees no environment but PATH and HOME, and no .env file", async () => {
    const folder = configFolder({});
    const seen = join(folder, "seen.json");
    const more = `import { writeFileSync } from "node:fs";
writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ names: Object.keys(process.env).sort(), cwd: process.cwd() }));`;
    writeFileSync(join(folder, "gateway.config.ts"), configText(more));
    writeFileSync(join(folder, ".env"), "FROM_FILE=secret\n");
    process.env["LATCHKEY_TEST_SECRET"] = "secret";
    try {
      const { diagnostics } = await compile({ configFile: join(folder, "gateway.config.ts") });
      expect(diagnostics).toEqual([]);
    } finally {
      delete process.env["LATCHKEY_TEST_SECRET"];
    }
    const { names, cwd } = JSON.parse(readFileSync(seen, "utf8"));
    expect(names).toEqual(["BUN_JSC_useTailCalls", "HOME", "LANG", "PATH", "TZ"]);
    expect(cwd).toEndWith(folder);
  });

  test("may await, read files beside itself and import Markdown", async () => {
    const folder = configFolder({
      "teams/note.md": "Small and quick",
      "gateway.config.ts": configText(`import { readFileSync } from "node:fs";
import note from "./teams/note.md";

const other = await Promise.resolve(readFileSync("teams/note.md", "utf8"));
const beside = readFileSync(new URL("teams/note.md", import.meta.url), "utf8");
if (note !== other || note !== beside) throw new Error("the files differ");`),
    });
    expect((await compile({ configFile: join(folder, "gateway.config.ts") })).diagnostics).toEqual([]);
  });
});

function isRunning(pid: number): boolean {
  const status = `/proc/${pid}/status`;
  return existsSync(status) && !/^State:\s+Z/m.test(readFileSync(status, "utf8"));
}
