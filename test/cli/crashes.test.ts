import { expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync } from "node:fs";
import { keyFile } from "./support/calls.ts";
import { type CliProcess, startCli } from "./support/cli-process.ts";
import { endpointConfig, project } from "./support/project.ts";
import { run } from "./support/test-io.ts";

// Processes share the machine with whatever else runs.
setDefaultTimeout(60_000);

function repeat(url: unknown, root: string, text: string): Promise<Response> {
  return fetch(`${url}/api/repeat/v1`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${readFileSync(keyFile(root), "utf8").trim()}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ text }),
  });
}

async function statuses(cli: CliProcess, cwd: string): Promise<readonly unknown[]> {
  cli.signal("SIGTERM");
  await cli.event("stopped");
  await cli.exited;
  const { out, errors } = await run(["logs", "--json"], { cwd });
  expect(errors).toBe("");
  return out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).status);
}

test.each([
  ["a timer", 'setTimeout(() => { throw new Error("no good: sk-proj-0123456789abcdefghijklmnop"); }, 0);'],
  ["a promise", 'void Promise.reject(new Error("no good: sk-proj-0123456789abcdefghijklmnop"));'],
])("an error that %s leaves behind is logged, and no row is lost", async (_, failure) => {
  const root = project(endpointConfig(`if (text === "crash") { ${failure} }`));
  const cli = startCli(["start", "--threads", "1"], root);
  const { url } = await cli.event("serving");
  expect((await repeat(url, root, "well")).status).toBe(200);
  expect((await repeat(url, root, "crash")).status).toBe(200);
  const ended = await cli.event("thread-ended");
  expect(ended["reason"]).toStartWith("Error: no good: ");
  expect(String(ended["stack"])).toContain("functions.js");
  expect(JSON.stringify(ended)).not.toContain("0123456789abcdef");
  await cli.event("thread-restarted");
  expect((await repeat(url, root, "well again")).status).toBe(200);
  expect(await statuses(cli, root)).toEqual([200, 200, 200]);
});

test("process.exit in a config's function ends neither the thread nor its rows", async () => {
  const root = project(endpointConfig('if (text === "exit") process.exit(0);'));
  const cli = startCli(["start", "--threads", "1"], root);
  const { url } = await cli.event("serving");
  const { status } = await repeat(url, root, "exit");
  expect(status).toBeGreaterThanOrEqual(400);
  expect((await repeat(url, root, "well")).status).toBe(200);
  expect(await statuses(cli, root)).toEqual([status, 200]);
});

test("what a config's function prints goes to stderr", async () => {
  const root = project(endpointConfig('console.log("looking at", text);'));
  const cli = startCli(["start", "--threads", "1"], root);
  const { url } = await cli.event("serving");
  expect((await repeat(url, root, "this text")).status).toBe(200);
  // An event that is no JSON would fail here.
  expect(await statuses(cli, root)).toEqual([200]);
  expect(cli.errors()).toContain("looking at this text");
});
