import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { listArtifacts, readArtifact } from "../../src/artifact/read.ts";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { brokenConfig, project } from "./support/project.ts";
import { run } from "./support/test-io.ts";

// Configs are compiled in processes that share the machine with whatever else runs.
setDefaultTimeout(60_000);

describe("build", () => {
  test("writes the artifact and makes it the current one", async () => {
    const cwd = project();
    const { code, out } = await run(["build"], { cwd });
    const directory = join(cwd, ".latchkey");
    const { hash, artifact } = readArtifact(directory, "current");
    expect(code).toBe(exitCodes.ok);
    expect(artifact.models.map(({ name }) => name)).toEqual(["echo"]);
    expect(out).toStartWith(
      `artifact ${hash.slice(0, 12)}, now the current one\n  ${join(directory, hash)}\n`,
    );
    expect(out).toMatch(/artifact\.json {2}\d+(\.\d)? k?B/);
  });

  test("can leave the current one alone", async () => {
    const cwd = project();
    const { code, out } = await run(["build", "--no-activate", "--json"], { cwd });
    const answer = JSON.parse(out);
    expect(code).toBe(exitCodes.ok);
    expect(answer).toMatchObject({ current: false, errors: 0 });
    expect(answer.files.map(({ name }: { name: string }) => name)).toContain("artifact.json");
    const kept = listArtifacts(join(cwd, ".latchkey"));
    expect(kept).toMatchObject([{ hash: answer.hash, current: false }]);
  });

  test("writes nothing where the config has errors", async () => {
    const cwd = project(brokenConfig);
    const { code, out } = await run(["build", "--json"], { cwd });
    expect(code).toBe(exitCodes.configErrors);
    expect(JSON.parse(out)).toMatchObject({ error: { code: "LK-6104" }, errors: 1 });
    expect(listArtifacts(join(cwd, ".latchkey"))).toEqual([]);
  });
});
