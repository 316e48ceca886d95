import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { brokenConfig, configText, project } from "./support/project.ts";
import { run } from "./support/test-io.ts";

// Configs are compiled in processes that share the machine with whatever else runs.
setDefaultTimeout(60_000);

/** A config with a warning: the model's service offers nothing. */
const warningConfig = configText().replace("offers: [echo]", "offers: []");

describe("check", () => {
  test("counts what a good config holds, and writes nothing", async () => {
    const cwd = project();
    const { code, out, errors } = await run(["check"], { cwd });
    expect(errors).toBe("");
    expect(code).toBe(exitCodes.ok);
    expect(out).toMatch(
      /^1 model, 0 endpoints, 1 service, 2 tenants, 1 app, 0 keys, artifact [0-9a-f]{12}\n$/,
    );
    expect(existsSync(join(cwd, ".latchkey"))).toBe(false);
  });

  test("names what a good config holds for machines", async () => {
    const { out } = await run(["check", "--json"], { cwd: project() });
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      errors: 0,
      content: {
        models: [{ name: "echo", targets: ["local/echo"] }],
        apps: [{ name: "shop/checkout", services: ["texts"], keys: [], starterKey: true }],
      },
    });
  });

  test("shows errors with their place on stderr", async () => {
    const { code, out, errors } = await run(["check"], { cwd: project(brokenConfig) });
    expect(code).toBe(exitCodes.configErrors);
    expect(out).toBe("");
    expect(errors).toContain("gateway.config.ts:");
    expect(errors).toEndWith("\n\n1 error\n");
  });

  test("answers errors as one document for machines", async () => {
    const { code, out, errors } = await run(["check", "--json"], { cwd: project(brokenConfig) });
    expect(code).toBe(exitCodes.configErrors);
    expect(errors).toBe("");
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({ ok: false, hash: null, content: null, errors: 1 });
    expect(answer.diagnostics[0].place.file).toBe("gateway.config.ts");
  });

  test("fails on warnings only when it is told to", async () => {
    const cwd = project(warningConfig);
    const lenient = await run(["check"], { cwd });
    expect(lenient.code).toBe(exitCodes.ok);
    expect(lenient.errors).toContain("warning");
    expect((await run(["check", "--strict"], { cwd })).code).toBe(exitCodes.configErrors);
  });

  test("takes a config from elsewhere, with its places named from its own folder", async () => {
    const elsewhere = project(brokenConfig);
    const { code, errors } = await run(["check", "--config", join(elsewhere, "gateway.config.ts")]);
    expect(code).toBe(exitCodes.configErrors);
    expect(errors).toContain("→ gateway.config.ts:");
  });
});
