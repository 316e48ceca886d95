import { describe, expect, setDefaultTimeout, test } from "bun:test";
import packageJson from "../../package.json" with { type: "json" };
import { commandEntries } from "../../src/cli/commands/index.ts";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { run } from "./support/test-io.ts";

// Configs are compiled in processes that share the machine with whatever else runs.
setDefaultTimeout(60_000);

describe("main", () => {
  test("prints its version", async () => {
    expect(await run(["--version"])).toEqual({ code: 0, out: `${packageJson.version}\n`, errors: "" });
    expect(JSON.parse((await run(["--version", "--json"])).out)).toEqual({ version: packageJson.version });
  });

  test("lists its commands", async () => {
    for (const argv of [["--help"], ["help"]]) {
      const { code, out } = await run(argv);
      expect(code).toBe(exitCodes.ok);
      for (const { name, summary } of commandEntries)
        expect(out).toMatch(new RegExp(`^  ${name} +${summary}$`, "m"));
    }
  });

  test.each(commandEntries.map(({ name }) => name))("%s has a help text, also as JSON", async (name) => {
    const { code, out, errors } = await run([name, "--help"]);
    expect({ code, errors }).toEqual({ code: exitCodes.ok, errors: "" });
    expect(out).toStartWith(`latchkey ${name}`);
    const { help } = JSON.parse((await run(["--json", name, "--help"])).out) as { help: string };
    expect(`${help}\n`).toBe(out);
  });

  test("suggests the command that was meant", async () => {
    const { code, out, errors } = await run(["chekc"]);
    expect(code).toBe(exitCodes.usage);
    expect(errors).toBe(
      'error LK-6103: There is no command "chekc"; did you mean check?\n  help: See `latchkey --help`.\n',
    );
    expect(out).toBe("");
  });

  test("answers an error as one JSON document on stdout", async () => {
    const { code, out, errors } = await run(["check", "--jsno", "--json"]);
    expect(code).toBe(exitCodes.usage);
    expect(JSON.parse(out)).toMatchObject({
      error: { code: "LK-6103", message: "There is no flag --jsno; did you mean --json?" },
    });
    expect(errors).toBe("");
  });

  test("takes the flags of every command before its name, too", async () => {
    const cwd = tempFolder();
    const { code, out } = await run(["--json", "--config", "other.ts", "check"], { cwd });
    expect(code).toBe(exitCodes.notFound);
    expect(JSON.parse(out).error.message).toBe(`There is no config at ${cwd}/other.ts.`);
  });

  test("starts without a command", async () => {
    const cwd = tempFolder();
    const { code, errors } = await run([], { cwd });
    expect(code).toBe(exitCodes.notFound);
    expect(errors).toContain(`There is no config at ${cwd}/gateway.config.ts.`);
    expect((await run(["--threads", "none"], { cwd })).errors).toContain("--threads takes auto or a number");
  });
});
