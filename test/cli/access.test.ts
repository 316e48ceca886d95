import { describe, expect, setDefaultTimeout, test } from "bun:test";
import type { Artifact } from "../../src/artifact/artifact.ts";
import { writeArtifact } from "../../src/artifact/write.ts";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { recordsOf, stateFiles } from "../../src/cli/wire.ts";
import { generateApiKey } from "../../src/kernel/api-key.ts";
import { digestOf, sha256Hex } from "../../src/kernel/hash.ts";
import { canonicalJson } from "../../src/kernel/json.ts";
import { newKey, newSubscription } from "../stores/conformance/samples.ts";
import { plainBackend } from "../support/artifact-defaults.ts";
import { artifactFixture } from "../support/artifact-fixture.ts";
import { configText, project } from "./support/project.ts";
import { run } from "./support/test-io.ts";

setDefaultTimeout(60_000);

/** A folder with an artifact whose application uses nothing, one issued key and a subscription that waits. */
async function folder(
  change = (artifact: Artifact): Artifact => artifact,
): Promise<{ readonly cwd: string; readonly hash: string }> {
  const cwd = project();
  const fixed = artifactFixture({ baseUrls: ["http://127.0.0.1:9"], key: generateApiKey("live") });
  const artifact = change({ ...fixed, apps: fixed.apps.map((app) => ({ ...app, uses: [] })) });
  const hash = sha256Hex(canonicalJson(artifact));
  writeArtifact(stateFiles(cwd).directory, { artifact, hash, functions: null });
  const records = recordsOf(cwd);
  const scope = {
    services: null,
    models: null,
    endpoints: null,
    backends: null,
    methods: ["GET"],
    readOnly: false,
  };
  await records.transact(async (transaction) => {
    await transaction.insert(newKey("abcdefabcdef", "acme", { scope, networks: [] }));
    const terms = {
      models: null,
      endpoints: null,
      backends: null,
      environments: null,
      requestsPerMinute: null,
    };
    await transaction.insert(
      newSubscription("sub1", "acme", {
        ...{ app: "shop", appTenant: "acme", service: "texts", state: "requested", requested: terms },
      }),
    );
  });
  await records.close();
  return { cwd, hash };
}

describe("access", () => {
  test("lists what declared keys of the config reach", async () => {
    const digest = digestOf("text");
    const cwd = project(configText({ digest }));
    const { code, out } = await run(["access"], { cwd });
    expect(code).toBe(exitCodes.ok);
    expect(out.split("\n")[0]).toBe("tenant\tapp\tkey\tservice\tmay call");
    expect(out).toContain("shop\tcheckout\tshop/checkout/main\t");
    const { out: json } = await run(["access", "--json", "--thing", "echo"], { cwd });
    expect(JSON.parse(json).access).toMatchObject([{ key: "shop/checkout/main", models: ["echo"] }]);
    const none = await run(["access", "--tenant", "nobody"], { cwd });
    expect(none).toEqual({ code: exitCodes.ok, out: "", errors: "No key reaches anything of that.\n" });
  });

  test("tells why: the chain of what is allowed", async () => {
    const cwd = project(configText({ digest: digestOf("text") }));
    const { code, out } = await run(["access", "why", "shop/checkout/main", "echo"], { cwd });
    expect(code).toBe(exitCodes.ok);
    expect(out).toContain("model echo: allowed\n");
    expect(out).toContain("the application checkout uses it by the config\n");
  });

  test("tells why not: the first link that does not hold, with what was decided at run time", async () => {
    const { cwd, hash } = await folder();
    const { code, out } = await run(["access", "why", "abcdefabcdef", "fast", "--artifact", hash], { cwd });
    expect(code).toBe(exitCodes.notInOrder);
    expect(out).toContain("model fast: refused\n");
    expect(out).toContain("✗ the subscription of the application shop is requested (sub1)\n");
    expect(out).toContain("The key works for these methods: GET, HEAD.\n");
    expect(out).toContain("The key works from these networks: none.\n");
    const hidden = await run(["access", "why", "abcdefabcdef", "private", "--artifact", hash], { cwd });
    expect(hidden.out).toContain("✗ no service offers it\n");
  });

  test("leaves out keys that have expired, and marks versions that are not published", async () => {
    const { cwd, hash } = await folder((artifact) => ({
      ...artifact,
      apps: artifact.apps.map((app) => ({ ...app, uses: [0] })),
      services: artifact.services.map((service) => ({ ...service, backends: [0] })),
      backends: [plainBackend("orders", "http://127.0.0.1:9", { status: "retired" })],
      keys: artifact.keys.map((key) => ({ ...key, expiresAtMs: 1 })),
    }));
    const { out } = await run(["access", "--artifact", hash], { cwd });
    expect(out).toContain("abcdefabcdef\t");
    expect(out).toContain("@1.0.0 (retired)\n");
    expect(out.trimEnd().split("\n")).toHaveLength(2);
    const why = await run(["access", "why", "abcdefabcdef", "orders", "--artifact", hash], { cwd });
    expect(why.code).toBe(exitCodes.notInOrder);
    expect(why.out).toContain("✗ it is retired, so calls are answered with 410\n");
  });

  test("shows the beginning of a long list on a terminal, and all of it where it is asked for", async () => {
    const models = Array.from({ length: 12 }, (_, at) => `model${at}`);
    const cwd = project(configText({ models, digest: digestOf("text") }));
    const short = await run(["access"], { cwd, terminal: true });
    expect(short.out).toContain("model6, model7 and 4 more");
    for (const options of [{ argv: ["access", "--verbose"], terminal: true }, { argv: ["access"] }])
      expect((await run(options.argv, { cwd, ...options })).out).toContain("model10, model11\n");
  });

  test("says which key and which thing are unknown, and how it is called", async () => {
    const { cwd, hash } = await folder();
    const at = ["--artifact", hash];
    const key = await run(["access", "why", "nobody", "fast", ...at], { cwd });
    expect([key.code, key.errors]).toEqual([
      exitCodes.notFound,
      expect.stringContaining('No key that works is called "nobody"'),
    ]);
    const thing = await run(["access", "why", "abcdefabcdef", "faster", ...at], { cwd });
    expect([thing.code, thing.errors]).toEqual([
      exitCodes.notFound,
      expect.stringContaining('called "faster"'),
    ]);
    const close = await run(["access", "why", "abcdefabcdef", "fasst", ...at], { cwd });
    expect(close.errors).toContain('called "fasst"; did you mean fast?\n');
    for (const words of [["why"], ["why", "a"], ["who", "a", "b"]])
      expect((await run(["access", ...words], { cwd })).code).toBe(exitCodes.usage);
  });
});
