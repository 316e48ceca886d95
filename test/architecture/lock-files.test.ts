import { describe, expect, test } from "bun:test";
import { resolve } from "node:path";

const root = resolve(import.meta.dir, "../..");
const read = (path: string): Promise<string> => Bun.file(resolve(root, path)).text();

interface NpmLock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly resolved?: string }>>;
}

describe("lock files", () => {
  test("hold no registry host", async () => {
    const npm = JSON.parse(await read("package-lock.json")) as NpmLock;
    expect(Object.values(npm.packages).filter((entry) => entry.resolved !== undefined)).toEqual([]);
    expect(await read("package-lock.json")).not.toMatch(/https?:\/\/[^"]*\.tgz/);
    expect(await read("bun.lock")).not.toMatch(/https?:\/\//);
    expect(await read(".npmrc")).toContain("omit-lockfile-registry-resolved=true");
  });

  test("name the same versions of what the package depends on", async () => {
    const npm = JSON.parse(await read("package-lock.json")) as NpmLock;
    const bun = await read("bun.lock");
    const { dependencies, devDependencies } = JSON.parse(await read("package.json")) as Record<
      string,
      Record<string, string>
    >;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(version).toMatch(/^\d+\.\d+\.\d+/);
      expect(npm.packages[`node_modules/${name}`]?.version).toBe(version);
      expect(bun).toContain(`"${name}@${version}"`);
    }
  });
});
