import { afterEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, type Plugin, stop } from "esbuild";
import { runBundler } from "../../../src/compiler/bundle/run-bundler.ts";
import { type CompileResult, compile } from "../../../src/compiler/compile.ts";
import { Report } from "../../../src/compiler/report.ts";
import { configFolder } from "../support/config-folder.ts";

setDefaultTimeout(60_000);

/** Ids of this process's children that run esbuild. */
function bundlers(): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === process.pid && textOf(pid, "cmdline").includes("--service="));
}

function textOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    // It has ended meanwhile.
    return "";
  }
}

/** The second field after the command's name, which may hold anything. */
function parentOf(pid: number): number {
  const stat = textOf(pid, "stat");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

function signal(name: NodeJS.Signals): void {
  const pids = bundlers();
  expect(pids).not.toEqual([]);
  for (const pid of pids) process.kill(pid, name);
}

// One that is stopped cannot end in order, and whoever comes next shall find none of them.
afterEach(() => {
  for (const pid of bundlers()) process.kill(pid, "SIGKILL");
  void stop();
});

const job = (plugins: Plugin[] = []): BuildOptions & { readonly write: false } => ({
  stdin: { contents: "export const answer = 40 + 2;" },
  write: false,
  logLevel: "silent",
  plugins,
});

async function bundle(plugins?: Plugin[], limitMs?: number) {
  const report = new Report();
  const result = await runBundler(job(plugins), report, limitMs);
  return {
    text: result?.outputFiles[0]?.text,
    findings: report.findings.map(({ code, message }) => `${code} ${message}`),
  };
}

const answered = { text: "export const answer = 40 + 2;\n", findings: [] };

/** Sends a signal to the bundler when it has begun to work, the first `times` times. */
function strike(name: NodeJS.Signals, times: number): Plugin {
  let struck = 0;
  return {
    name: "strike",
    setup: (build) =>
      build.onStart(() => {
        if (struck++ < times) signal(name);
      }),
  };
}

describe("a bundler", () => {
  test("that was killed is started anew", async () => {
    expect(await bundle()).toEqual(answered);
    signal("SIGKILL");
    expect(await bundle()).toEqual(answered);
    expect(await bundle()).toEqual(answered);
  });

  test("that is killed at work is asked once more", async () => {
    expect(await bundle([strike("SIGKILL", 1)])).toEqual(answered);
  });

  test("that does not answer is given up and started anew", async () => {
    expect(await bundle()).toEqual(answered);
    signal("SIGSTOP");
    expect(await bundle([], 3_000)).toEqual(answered);
  });

  test("that never answers is told of", async () => {
    const { text, findings } = await bundle([strike("SIGSTOP", 2)], 300);
    expect(text).toBeUndefined();
    expect(findings).toEqual([
      "LK1016 esbuild, which bundles the config, did not answer within 0.3 s, and did so again after it was started anew",
    ]);
    for (const pid of bundlers()) process.kill(pid, "SIGKILL");
    expect(await bundle()).toEqual(answered);
  });

  test("that is killed again and again is told of", async () => {
    const { text, findings } = await bundle([strike("SIGKILL", 2)]);
    expect(text).toBeUndefined();
    expect(findings.join()).toMatch(
      /^LK1016 esbuild, which bundles the config, cannot be used: The service /,
    );
    expect(await bundle()).toEqual(answered);
  });

  test("that several wait for is started anew for all of them", async () => {
    expect(await bundle()).toEqual(answered);
    signal("SIGSTOP");
    const patient = Array.from({ length: 3 }, () => bundle([], 600_000));
    const all = await Promise.all([bundle([], 3_000), ...patient]);
    expect(all).toEqual([answered, answered, answered, answered]);
  });

  test("whose sources are wrong is not asked again", async () => {
    const report = new Report();
    const broken = { ...job(), stdin: { contents: "export const =" } };
    await expect(runBundler(broken, report)).rejects.toMatchObject({ errors: [expect.anything()] });
    expect(report.findings).toEqual([]);
  });
});

const config = `
import { app, defineGateway, demo, endpoint, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";
const local = demo();
const fast = model({ targets: [local("echo")] });
const say = endpoint({ version: "1.0.0", model: fast, input: z.object({ text: z.string() }), prompt: ({ text }) => [prompt.user\`\${text}\`] });
const team = tenant({ apps: { site: app({ uses: () => [all], starterKey: true }) } });
const all = service({ owner: team, offers: [say], visibility: "everyone" });
export default defineGateway({ providers: { local }, models: { fast }, endpoints: { say }, services: { all }, tenants: { team } });
`;

test("a config is compiled to the same artifact when the bundler was stopped or killed between", async () => {
  const configFile = join(configFolder({ "gateway.config.ts": config }), "gateway.config.ts");
  const run = (): Promise<CompileResult> => compile({ configFile, bundlerLimitMs: 3_000 });
  const { hash, functions } = await run();
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  for (const name of ["SIGSTOP", "SIGKILL"] as const) {
    signal(name);
    const again = await run();
    expect([again.diagnostics, again.hash, again.functions]).toEqual([[], hash, functions]);
  }
});
