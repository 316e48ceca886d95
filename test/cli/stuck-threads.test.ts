import { expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { keyFile } from "./support/calls.ts";
import { startCli } from "./support/cli-process.ts";
import { endpointConfig, project, writeConfig } from "./support/project.ts";

// A stuck thread is ended after ten seconds.
setDefaultTimeout(60_000);

const config = endpointConfig(
  'if (text === "stay") { process.getBuiltinModule("node:fs").writeFileSync("stuck", ""); for (;;); }',
);

/** Resolves when a thread does not come back any more. */
async function isStuck(root: string): Promise<void> {
  while (!existsSync(join(root, "stuck"))) await Bun.sleep(10);
}

/** Calls the endpoint on a connection of its own; 0 where no answer comes. */
function repeat(url: unknown, root: string, text: string): Promise<number> {
  return fetch(`${url}/api/repeat/v1`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${readFileSync(keyFile(root), "utf8").trim()}`,
      connection: "close",
      "content-type": "application/json",
    },
    body: JSON.stringify({ text }),
  }).then(
    ({ status }) => status,
    () => 0,
  );
}

test("a thread that does not come back is replaced, also when the config changes meanwhile", async () => {
  const root = project(config);
  const cli = startCli(["start", "--threads", "2"], root);
  const { url, hash } = await cli.event("serving");
  const lost = repeat(url, root, "stay");
  await isStuck(root);
  writeConfig(root, config.replace('version: "1.0.0"', 'version: "1.1.0"'));
  cli.signal("SIGHUP");
  const ended = await cli.event("thread-ended");
  expect(ended["reason"]).toBe("it has not answered for too long");
  expect(ended["note"]).toStartWith("the calls that were on it are lost");
  expect(await lost).toBe(0);
  expect(await cli.event("reloaded")).toMatchObject({ before: hash });
  // On both threads.
  const statuses = await Promise.all(Array.from({ length: 8 }, () => repeat(url, root, "well")));
  expect(statuses).toEqual(Array(8).fill(200));
  cli.signal("SIGTERM");
  expect(await cli.event("stopped")).toMatchObject({ abandoned: 0, silentThreads: 0 });
  expect(await cli.exited).toBe(exitCodes.ok);
});

test("a thread that does not come back does not keep the gateway from stopping", async () => {
  const root = project(config);
  const cli = startCli(["start", "--threads", "1", "--drain", "50ms"], root);
  const { url } = await cli.event("serving");
  const lost = repeat(url, root, "stay");
  await isStuck(root);
  cli.signal("SIGTERM");
  await cli.event("stopping");
  const ended = await cli.event("thread-ended");
  expect(ended["reason"]).toBe("it does not answer, and the gateway stops");
  expect(await cli.event("stopped")).toMatchObject({ abandoned: 0, silentThreads: 1 });
  expect(await cli.exited).toBe(exitCodes.ok);
  expect(await lost).toBe(0);
});
