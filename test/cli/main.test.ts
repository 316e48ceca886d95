import { describe, expect, setDefaultTimeout, test } from "bun:test";
import packageJson from "../../package.json" with { type: "json" };
import { commandEntries } from "../../src/cli/commands/index.ts";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { project } from "./support/project.ts";
import { run } from "./support/test-io.ts";

// Configs are compiled in processes that share the machine with whatever else runs.
setDefaultTimeout(60_000);

describe("main", () => {
  test("prints its version", async () => {
    for (const flag of ["--version", "-v"])
      expect(await run([flag])).toEqual({ code: 0, out: `${packageJson.version}\n`, errors: "" });
    expect(JSON.parse((await run(["--version", "--json"])).out)).toEqual({ version: packageJson.version });
  });

  test("lists its commands", async () => {
    for (const argv of [["--help"], ["-h"], ["help"]]) {
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
    expect((await run([name, "-h"])).out).toBe(out);
    expect((await run(["help", name])).out).toBe(out);
  });

  test("helps with the commands of a group, and with what is none", async () => {
    expect((await run(["help", "keys", "new"])).out).toBe((await run(["keys", "new", "--help"])).out);
    const { code, errors } = await run(["help", "strat"]);
    expect(code).toBe(exitCodes.usage);
    expect(errors).toContain("did you mean start?");
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

  test("takes a folder for the config in it", async () => {
    const cwd = project();
    for (const folder of [".", cwd]) {
      const { code, out } = await run(["check", "--json", "--config", folder], { cwd });
      expect(code).toBe(exitCodes.ok);
      expect(JSON.parse(out).ok).toBe(true);
    }
    const { errors } = await run(["check", "--config", "."], { cwd: tempFolder() });
    expect(errors).toMatch(/There is no config at .*gateway\.config\.ts\./);
  });

  test("starts without a command", async () => {
    const cwd = tempFolder();
    const { code, errors } = await run([], { cwd });
    expect(code).toBe(exitCodes.notFound);
    expect(errors).toContain(`There is no config at ${cwd}/gateway.config.ts.`);
    expect((await run(["--threads", "none"], { cwd })).errors).toContain("--threads takes auto or a number");
  });
});
