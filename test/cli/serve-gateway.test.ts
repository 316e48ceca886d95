import { Database } from "bun:sqlite";
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeArtifact } from "../../src/artifact/write.ts";
import { type ServedGateway, serveGateway } from "../../src/cli/serve/serve-gateway.ts";
import { recordsOf, stateFiles } from "../../src/cli/wire.ts";
import { compile } from "../../src/compiler/compile.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { configText, project, writeConfig } from "./support/project.ts";

setDefaultTimeout(60_000);

/** Compiles a project's config and writes the artifact; answers its hash. */
async function build(root: string, text: string): Promise<string> {
  writeConfig(root, text);
  const { artifact, hash, functions } = await compile({ configFile: join(root, "gateway.config.ts") });
  if (artifact === null || hash === null) throw new Error("the test's config has errors");
  writeArtifact(stateFiles(root).directory, { artifact, hash, functions });
  return hash;
}

const serve = (root: string, hash: string, port = 0): Promise<ServedGateway> =>
  serveGateway({
    root,
    hash,
    port,
    hostname: "127.0.0.1",
    threads: 2,
    logLevel: "silent",
    pretty: false,
    clock: systemClock,
  });

async function models(url: string, root: string): Promise<readonly string[]> {
  const key = readFileSync(join(root, ".latchkey/keys/shop.checkout.key"), "utf8").trim();
  const response = await fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
  const { data } = (await response.json()) as { data: readonly { id: string }[] };
  return data.map(({ id }) => id);
}

describe("serveGateway", () => {
  test("serves one artifact after the other on the same port", async () => {
    const root = project();
    const first = await build(root, configText());
    const gateway = await serve(root, first);
    try {
      expect(gateway.first.starterKeys).toMatchObject([{ state: "new" }]);
      expect(await models(gateway.url, root)).toEqual(["echo"]);
      const second = await build(root, configText({ models: ["echo", "second"] }));
      const { starterKeys } = await gateway.serve(second);
      expect(starterKeys).toMatchObject([{ state: "kept" }]);
      expect(gateway.supervisor.serving()).toBe(second);
      expect((await models(gateway.url, root)).toSorted()).toEqual(["echo", "second"]);
    } finally {
      expect(await gateway.stop(1_000)).toEqual({ abandoned: 0, lostRows: 0, silentThreads: 0 });
    }
    await expect(fetch(`${gateway.url}/healthz`)).rejects.toThrow();
  });

  test("says when it stops how many rows the call log has lost, of all threads", async () => {
    const root = project();
    const gateway = await serve(root, await build(root, configText()));
    // Somebody meddles with the file, so that nothing can be stored in it.
    const file = new Database(stateFiles(root).calls);
    file.run("DROP TABLE call_batches");
    file.close();
    // A connection of its own each, so that both threads get some.
    await Promise.all(Array.from({ length: 16 }, () => models(gateway.url, root)));
    expect(await gateway.stop(1_000)).toEqual({ abandoned: 0, lostRows: 16, silentThreads: 0 });
  });

  test("writes each artifact that comes into force into the audit log, and none for being started again", async () => {
    const root = project();
    const first = await build(root, configText());
    const second = await build(root, configText({ models: ["echo", "second"] }));
    const gateway = await serve(root, first);
    await gateway.serve(second);
    await gateway.serve(second);
    await gateway.stop(1_000);
    await (await serve(root, second)).stop(1_000);
    const records = recordsOf(root);
    const deploys = await records.listAudit({ action: "artifact.serve", limit: 9 });
    await records.close();
    expect(deploys.map(({ actor, before, after }) => [actor.kind, before, after])).toEqual([
      ["deploy", { hash: first }, { hash: second }],
      ["deploy", null, { hash: first }],
    ]);
  });

  test("makes the key of an application that comes with a later artifact", async () => {
    const root = project();
    const gateway = await serve(root, await build(root, configText({ starterKey: false })));
    try {
      expect(gateway.first.starterKeys).toEqual([]);
      await gateway.serve(await build(root, configText()));
      expect(await models(gateway.url, root)).toEqual(["echo"]);
    } finally {
      await gateway.stop(1_000);
    }
  });

  test("keeps the running artifact when another cannot be served", async () => {
    const root = project();
    const hash = await build(root, configText());
    const gateway = await serve(root, hash);
    try {
      await expect(gateway.serve("f".repeat(64))).rejects.toMatchObject({ code: "LK-6004" });
      expect(gateway.supervisor.serving()).toBe(hash);
      expect(await models(gateway.url, root)).toEqual(["echo"]);
    } finally {
      await gateway.stop(1_000);
    }
  });

  test("leaves nothing running when the first artifact cannot be served", async () => {
    const root = project();
    const hash = await build(root, configText());
    rmSync(join(stateFiles(root).directory, hash), { recursive: true });
    await expect(serve(root, hash)).rejects.toMatchObject({ code: "LK-6004" });
    // The state is free again: the same folder serves at once.
    const gateway = await serve(root, await build(root, configText()));
    expect(await models(gateway.url, root)).toEqual(["echo"]);
    await gateway.stop(1_000);
  });

  test("does not share a port with a gateway that runs", async () => {
    const root = project();
    const hash = await build(root, configText());
    const gateway = await serve(root, hash);
    try {
      const { port } = new URL(gateway.url);
      await expect(serve(root, hash, Number(port))).rejects.toMatchObject({ code: "LK-6102" });
    } finally {
      await gateway.stop(1_000);
    }
  });
});
