import { expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { startCli } from "./support/cli-process.ts";
import { brokenConfig, configText, project, writeConfig } from "./support/project.ts";

// Processes share the machine with whatever else runs.
setDefaultTimeout(60_000);

test("dev takes over what is saved and keeps the last good one on an error", async () => {
  const root = project();
  const cli = startCli(["dev", "--threads", "1"], root);
  const { hash } = await cli.event("serving");

  writeConfig(root, configText({ models: ["echo", "second"] }));
  const reloaded = await cli.event("reloaded");
  expect(reloaded["before"]).toBe(hash);

  writeConfig(root, brokenConfig);
  expect(await cli.event("config-errors")).toMatchObject({ errors: 1 });
  expect(await cli.event("kept")).toMatchObject({ hash: reloaded["hash"] });

  writeConfig(root, configText());
  expect(await cli.event("reloaded")).toMatchObject({ hash, before: reloaded["hash"] });
  cli.signal("SIGTERM");
  expect(await cli.exited).toBe(exitCodes.ok);
});

test("dev waits for a config that is good enough to start with", async () => {
  const root = project(brokenConfig);
  const cli = startCli(["dev", "--threads", "1"], root);
  await cli.event("config-errors");
  await cli.event("waiting");
  writeConfig(root, configText());
  expect(await cli.event("serving")).toMatchObject({ content: { models: [{ name: "echo" }] } });
});

test("dev watches what the config imports, and files that are missing", async () => {
  const root = project(`import { names } from "./parts/names.ts";\nvoid names;\n${configText()}`);
  const cli = startCli(["dev", "--threads", "1"], root);
  await cli.event("waiting");

  mkdirSync(join(root, "parts"));
  writeFileSync(join(root, "parts/names.ts"), "export const names = 1;\n");
  // The folder is new, so it is the config's own folder that tells of it; a save makes sure.
  writeConfig(root, `import { names } from "./parts/names.ts";\nvoid names;\n${configText()}`);
  await cli.event("serving");

  writeFileSync(join(root, "parts/names.ts"), 'throw new Error("broken part");\n');
  expect(await cli.event("config-errors")).toMatchObject({
    diagnostics: [{ code: expect.stringMatching(/^LK10/) }],
  });
  writeFileSync(join(root, "parts/names.ts"), "export const names = 2;\n");
  await cli.event("unchanged");
});

test("dev gives a running compilation up when the config is saved again", async () => {
  const root = project();
  const cli = startCli(["dev", "--threads", "1"], root);
  await cli.event("serving");
  const mark = `process.getBuiltinModule("node:fs").writeFileSync("began", "");`;
  writeConfig(root, `${configText()}\n${mark}\nfor (;;);\n`);
  while (!existsSync(join(root, "began"))) await Bun.sleep(10);
  writeConfig(root, configText({ models: ["echo", "second"] }));
  await cli.event("reloaded");
  // It would have been told that the config does not come to an end.
  expect(cli.passedOver()).not.toContain("config-errors");
});
