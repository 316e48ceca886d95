import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { generateApiKey, parseApiKey } from "../../src/kernel/api-key.ts";
import { digestOf } from "../../src/kernel/hash.ts";
import { configText, project } from "./support/project.ts";
import { run } from "./support/test-io.ts";

// Configs are compiled in processes that share the machine with whatever else runs.
setDefaultTimeout(60_000);

describe("keys", () => {
  test("takes one of its commands", async () => {
    expect((await run(["keys"])).errors).toContain(
      "`latchkey keys` takes one of list, new, rotate, revoke, inspect, verify",
    );
    const { code, errors } = await run(["keys", "verfy"]);
    expect(code).toBe(exitCodes.usage);
    expect(errors).toContain('not "verfy"; did you mean verify?');
    expect((await run(["keys", "verify", "--help"])).out).toStartWith("latchkey keys verify");
  });
});

describe("keys new", () => {
  test("prints a key and the line that declares it", async () => {
    const { code, out } = await run(["keys", "new"]);
    const key = out.split("\n")[0] ?? "";
    expect(code).toBe(exitCodes.ok);
    expect(parseApiKey(key)).toMatchObject({ environment: "live" });
    expect(out).toContain(`  production: key({ digest: "${digestOf(key)}" }),\n`);
  });

  test("takes an environment and a name", async () => {
    const { out } = await run(["keys", "new", "--env", "test", "--name", "on call", "--json"]);
    const answer = JSON.parse(out);
    expect(parseApiKey(answer.key)).toEqual({ environment: "test", publicId: answer.publicId });
    expect(answer.digest).toBe(digestOf(answer.key));
    expect(answer.declaration).toBe(`"on call": key({ digest: "${answer.digest}" }),`);
  });

  test("refuses what cannot stand in a key", async () => {
    const { code, errors } = await run(["keys", "new", "--env", "Live!"]);
    expect(code).toBe(exitCodes.usage);
    expect(errors).toContain("--env takes 1 to 16 lower-case letters or digits");
  });

  test("makes a key that the config takes and verify knows", async () => {
    const { key, digest } = JSON.parse((await run(["keys", "new", "--json"])).out);
    const cwd = project(configText({ digest }));
    const { code, out } = await run(["keys", "verify"], { cwd, stdin: `${key}\n` });
    expect(code).toBe(exitCodes.ok);
    expect(out).toContain("The key works.\n");
    expect(out).toContain("Declared in the config as shop/checkout/main.\n");
    expect(out).toContain("Models: echo.\n");
    expect(out).not.toContain(key);
  });
});

describe("keys verify", () => {
  test("refuses a key as an argument, without repeating it", async () => {
    const key = generateApiKey("live");
    const { code, out, errors } = await run(["keys", "verify", key]);
    expect(code).toBe(exitCodes.usage);
    expect(errors).toContain("it would stay in the shell's history");
    expect(out + errors).not.toContain(key.slice(0, 20));
  });

  test("tells a mistyped key from one that nobody has", async () => {
    const cwd = project();
    const key = generateApiKey("live");
    const mistyped = await run(["keys", "verify", "--json"], { cwd, stdin: key.slice(0, -1) });
    expect(mistyped.code).toBe(exitCodes.notInOrder);
    expect(JSON.parse(mistyped.out)).toMatchObject({ works: false, wellFormed: false, publicId: null });
    const unknown = await run(["keys", "verify", "--json"], { cwd, stdin: key });
    expect(unknown.code).toBe(exitCodes.notInOrder);
    expect(JSON.parse(unknown.out)).toMatchObject({ works: false, wellFormed: true, known: null });
  });

  test("tells an expired key", async () => {
    const key = generateApiKey("live");
    const cwd = project(configText({ digest: digestOf(key), expires: "2099-12-31" }));
    const at = (nowMs: number) => run(["keys", "verify"], { cwd, stdin: key, nowMs });
    const before = await at(Date.UTC(2099, 11, 31, 23));
    const after = await at(Date.UTC(2100, 0, 1));
    expect(before.out).toContain("It expires at 2100-01-01T00:00:00.000Z.");
    expect(before.code).toBe(exitCodes.ok);
    expect(after.out).toContain("It expired at 2100-01-01T00:00:00.000Z.");
    expect(after.code).toBe(exitCodes.notInOrder);
  });

  test("looks in a kept artifact, too", async () => {
    const key = generateApiKey("live");
    const cwd = project(configText({ digest: digestOf(key) }));
    await run(["build"], { cwd });
    await Bun.write(`${cwd}/gateway.config.ts`, "this is not a config");
    const { code, out } = await run(["keys", "verify", "--artifact", "current"], { cwd, stdin: key });
    expect(code).toBe(exitCodes.ok);
    expect(out).toContain("shop/checkout/main");
    const missing = await run(["keys", "verify", "--artifact", "abcd"], { cwd, stdin: key });
    expect(missing.code).toBe(exitCodes.notFound);
    expect(missing.errors).toContain("No artifact begins with abcd.");
  });
});
