import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { currentHash } from "../../src/artifact/read.ts";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { configText, project, writeConfig } from "./support/project.ts";
import { run } from "./support/test-io.ts";

// Configs are compiled in processes that share the machine with whatever else runs.
setDefaultTimeout(60_000);

/** A project with three artifacts, built one after the other; answers their hashes, the oldest first. */
async function built(): Promise<{ cwd: string; directory: string; hashes: readonly string[] }> {
  const cwd = project();
  const directory = join(cwd, ".latchkey");
  const hashes: string[] = [];
  for (const models of [["one"], ["one", "two"], ["one", "two", "three"]]) {
    writeConfig(cwd, configText({ models }));
    const { hash } = JSON.parse((await run(["build", "--json"], { cwd })).out);
    // The clock of a file system may be too coarse to tell them apart.
    utimesSync(join(directory, hash, "artifact.json"), 1_000 + hashes.length, 1_000 + hashes.length);
    hashes.push(hash);
  }
  return { cwd, directory, hashes };
}

/** Changes an artifact after it was built, without its seeming newer. */
function damage(directory: string, hash: string, writtenAtS: number): void {
  const file = join(directory, hash, "artifact.json");
  writeFileSync(file, "{}");
  utimesSync(file, writtenAtS, writtenAtS);
}

describe("rollback", () => {
  test("goes back one artifact at a time", async () => {
    const { cwd, directory, hashes } = await built();
    const { code, out } = await run(["rollback"], { cwd });
    expect(code).toBe(exitCodes.ok);
    expect(out).toContain(`${hashes[1]?.slice(0, 12)} is now the current artifact.`);
    expect(out).toContain("SIGHUP");
    expect(currentHash(directory)).toBe(hashes[1]);
    const again = await run(["rollback", "--json"], { cwd });
    expect(JSON.parse(again.out)).toMatchObject({ before: hashes[1], after: hashes[0] });
    const end = await run(["rollback"], { cwd });
    expect(end.code).toBe(exitCodes.notFound);
    expect(end.errors).toContain("There is no artifact before the current one.");
    expect(currentHash(directory)).toBe(hashes[0]);
  });

  test("goes to the one that is named, forward, too", async () => {
    const { cwd, directory, hashes } = await built();
    await run(["rollback", hashes[0]?.slice(0, 8) ?? ""], { cwd });
    expect(currentHash(directory)).toBe(hashes[0]);
    await run(["rollback", hashes[2] ?? ""], { cwd });
    expect(currentHash(directory)).toBe(hashes[2]);
    const same = await run(["rollback", "current"], { cwd });
    expect(same.out).toContain("is the current artifact already");
  });

  test("lists what is kept, the newest first", async () => {
    const { cwd, hashes } = await built();
    const { out } = await run(["rollback", "--list"], { cwd });
    const lines = out.trimEnd().split("\n");
    expect(lines.map((line) => line.slice(0, 12))).toEqual(hashes.map((hash) => hash.slice(0, 12)).reverse());
    expect(lines[0]).toEndWith("  current");
    const { artifacts } = JSON.parse((await run(["rollback", "--list", "--json"], { cwd })).out);
    expect(artifacts).toHaveLength(3);
    expect(artifacts).toContainEqual(
      expect.objectContaining({ hash: hashes[2], current: true, problem: null }),
    );
  });

  test("marks in the list what was changed or lost, the current one too, and refuses to go to it", async () => {
    const { cwd, directory, hashes } = await built();
    const [oldest = "", middle = "", newest = ""] = hashes;
    damage(directory, newest, 1_002);
    rmSync(join(directory, middle, "artifact.json"));
    mkdirSync(join(directory, middle, "artifact.json"));
    const { code, out } = await run(["rollback", "--list"], { cwd });
    const lineOf = (hash: string): string =>
      out.split("\n").find((line) => line.startsWith(hash.slice(0, 12))) ?? "";
    expect(code).toBe(exitCodes.ok);
    expect(lineOf(newest)).toMatch(
      / {2}current {2}cannot be served: LK-6002 .* its hash differs from its name\.$/,
    );
    expect(lineOf(middle)).toContain("  cannot be served: LK-6001 ");
    expect(lineOf(oldest)).toEndWith("Z");
    const { artifacts } = JSON.parse((await run(["rollback", "--list", "--json"], { cwd })).out);
    const problems = Object.fromEntries(
      artifacts.map(({ hash, problem }: { hash: string; problem: { code: string } | null }) => [
        hash,
        problem?.code,
      ]),
    );
    expect(problems).toEqual({ [newest]: "LK-6002", [middle]: "LK-6001", [oldest]: undefined });
    await run(["rollback", oldest], { cwd });
    for (const hash of [newest, middle]) {
      const refused = await run(["rollback", hash], { cwd });
      expect(refused.code).toBe(exitCodes.failure);
      expect(refused.errors).toContain(problems[hash] ?? "");
      expect(currentHash(directory)).toBe(oldest);
    }
  });

  test("refuses an artifact that was changed, and leaves the current one", async () => {
    const { cwd, directory, hashes } = await built();
    damage(directory, hashes[1] ?? "", 1_001);
    const { code, errors } = await run(["rollback"], { cwd });
    expect(code).toBe(exitCodes.failure);
    expect(errors).toContain("LK-6002");
    expect(currentHash(directory)).toBe(hashes[2]);
  });

  test("leads away from a current artifact that is damaged", async () => {
    const { cwd, directory, hashes } = await built();
    damage(directory, hashes[2] ?? "", 1_002);
    const { code, errors } = await run(["rollback"], { cwd });
    expect(code).toBe(exitCodes.ok);
    expect(errors).toContain("The current artifact cannot be compared with: LK-6002");
    expect(currentHash(directory)).toBe(hashes[1]);
  });

  test("says when a name fits none, or several", async () => {
    const { cwd } = await built();
    const none = await run(["rollback", "zz"], { cwd });
    expect(none.code).toBe(exitCodes.notFound);
    expect(none.errors).toContain("No artifact begins with zz.");
    expect((await run(["rollback", ""], { cwd })).errors).toContain("Several artifacts begin with");
  });

  test("has nothing to do before the first build", async () => {
    const cwd = project();
    expect((await run(["rollback"], { cwd })).code).toBe(exitCodes.notFound);
    expect((await run(["rollback", "--list"], { cwd })).errors).toBe("No artifact is kept.\n");
  });
});
