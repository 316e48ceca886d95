import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CompileOptions, compile } from "../../../src/compiler/compile.ts";
import type { Diagnostic } from "../../../src/compiler/diagnostic.ts";
import { configFolder, configText } from "../support/config-folder.ts";

// A compilation takes a tenth of a second, but the machine may have other things to do.
setDefaultTimeout(60_000);

async function diagnose(
  more: string,
  limits: Pick<CompileOptions, "timeLimitMs" | "memoryLimitBytes"> = {},
): Promise<readonly Diagnostic[]> {
  const folder = configFolder({ "gateway.config.ts": configText(more) });
  const { diagnostics, artifact } = await compile({
    configFile: join(folder, "gateway.config.ts"),
    ...limits,
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
    expect(await diagnose(started, { timeLimitMs: 3_000 })).toMatchObject([
      {
        code: "LK1006",
        message: "the config did not come to an end within 3s",
        place: { line: 9, column: 1 },
      },
    ]);
    const pid = Number(readFileSync(pidFile, "utf8"));
    expect(pid).toBeGreaterThan(0);
    expect(isRunning(pid)).toBe(false);
  });

  test("that waits for ever ends when nothing can come any more", async () => {
    const [diagnostic] = await diagnose("await new Promise(() => {});");
    expect(diagnostic).toMatchObject({
      code: "LK1006",
      message: "the config waits for something that never comes",
      place: { file: "gateway.config.ts", line: 6, column: 1 },
      notes: [{ message: "the place is a guess: nothing tells which one it was" }],
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
      expect(await diagnose(`\nthrow ${thrown};`)).toMatchObject([
        { code: "LK1005", message: `the config threw: ${said}`, place: { line: 7, column: 1 } },
      ]);
    }
  });

  test("that throws an error from elsewhere is reported where it awaits it or was its cause", async () => {
    const missing = `import { readFile } from "node:fs/promises";
await readFile("missing.txt");`;
    expect(await diagnose(missing)).toMatchObject([{ code: "LK1005", place: { line: 7, column: 1 } }]);
    const wrapped = `const cause = new Error("inner");
const outer = new Error("outer", { cause });
outer.stack = "";
throw outer;`;
    expect(await diagnose(wrapped)).toMatchObject([
      { code: "LK1005", message: "the config threw: outer", place: { line: 6, column: 19 }, notes: [] },
    ]);
  });

  test("that fails where nothing tells the place is reported at its beginning", async () => {
    const begins = { file: "gateway.config.ts", line: 1, column: 1 };
    expect(await diagnose('process.kill(process.pid, "SIGKILL");')).toMatchObject([{ place: begins }]);
    expect(await diagnose('Promise.reject("text");')).toMatchObject([{ code: "LK1015", place: begins }]);
  });

  test.each([
    ["a promise", 'Promise.reject(new RangeError("late"));'],
    ["a promise that it does not await", 'void (async () => { throw new RangeError("late"); })();'],
    [
      "a promise, and then waits for ever",
      'Promise.reject(new RangeError("late")); await new Promise(() => {});',
    ],
    ["a promise, and then goes on", 'Promise.reject(new RangeError("late")); await Bun.sleep(1);'],
    ["a promise later on", 'void (async () => { await Bun.sleep(1); throw new RangeError("late"); })();'],
  ])("that leaves %s rejected is reported where the error was made", async (_, more) => {
    expect(await diagnose(`\n${more}`)).toMatchObject([
      {
        code: "LK1015",
        message: "nothing handles the rejection of a promise: RangeError: late",
        place: { file: "gateway.config.ts", line: 7, column: more.indexOf("RangeError") + 1 },
      },
    ]);
  });

  test.each([
    ["a timer", 'setTimeout(() => { throw new Error("late"); }, 0);'],
    ["a later timer", 'setTimeout(() => { throw new Error("late"); }, 20);'],
    ["an immediate", 'setImmediate(() => { throw new Error("late"); });'],
    ["a microtask", 'queueMicrotask(() => { throw new Error("late"); });'],
    ["a handler of its end", 'process.on("exit", () => { throw new Error("late"); });'],
  ])("that leaves %s that throws is reported where it does", async (_, more) => {
    expect(await diagnose(`\n${more}`)).toMatchObject([
      {
        code: "LK1015",
        message: "something that runs beside the config threw: late",
        place: { file: "gateway.config.ts", line: 7, column: more.indexOf("Error(") + 1 },
      },
    ]);
  });

  test("that leaves many errors behind has a few of them reported", async () => {
    const found = codes(await diagnose("for (let i = 0; i < 50; i++) Promise.reject(new Error(String(i)));"));
    expect(found).toEqual(Array.from({ length: 10 }, () => "LK1015"));
  });

  test("that handles what it rejects, however late, is in order", async () => {
    expect(await diagnose('Promise.reject(new Error("x")).catch(() => {});')).toEqual([]);
    expect(
      await diagnose('const late = Promise.reject(new Error("x"));\nawait 1;\nawait late.catch(() => {});'),
    ).toEqual([]);
  });

  test("that ends its process after its end is reported, not believed", async () => {
    const [ended] = await diagnose("\nsetTimeout(() => process.exit(0), 0);");
    expect(ended).toMatchObject({ code: "LK1007", place: { line: 7, column: 18 } });
    const killed = 'setTimeout(() => process.kill(process.pid, "SIGKILL"), 0);';
    expect(codes(await diagnose(killed))).toEqual(["LK1013"]);
    const unheard = 'process.removeAllListeners();\nPromise.reject(new Error("x"));';
    expect(codes(await diagnose(unheard))).toEqual(["LK1007"]);
  });

  test("that takes memory without end is ended with words", async () => {
    const limit = { memoryLimitBytes: 384 * 1024 ** 2 };
    for (const step of ["push({})", "push(Buffer.alloc(1024 ** 2, 1))"]) {
      expect(await diagnose(`const all: object[] = [];\nwhile (true) all.${step};`, limit)).toMatchObject([
        {
          code: "LK1014",
          message: "running the config took more than 384 MiB of memory",
          place: { file: "gateway.config.ts", line: 7, column: 1 },
        },
      ]);
    }
    // Also where it has been read already.
    const later = "const all: object[] = [];\nsetTimeout(() => { while (true) all.push({}); }, 0);";
    expect(codes(await diagnose(later, limit))).toEqual(["LK1014"]);
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

  test("whose output somebody else holds open is not waited for", async () => {
    const folder = configFolder({});
    const pidFile = join(folder, "pid");
    // A group of its own: it outlives the config, with the config's stdout and stderr.
    const started = `import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
const other = spawn("sleep", ["600"], { stdio: "inherit", detached: true });
other.unref();
appendFileSync(${JSON.stringify(pidFile)}, other.pid + "\\n");`;
    try {
      expect(codes(await diagnose(started))).toEqual([]);
      expect(codes(await diagnose(`${started}\nconsole.log("x");`))).toEqual(["LK1010"]);
    } finally {
      const pids = readFileSync(pidFile, "utf8").trim().split("\n");
      for (const pid of pids) process.kill(Number(pid), "SIGKILL");
    }
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
