import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { writeArtifact } from "../../src/artifact/write.ts";
import type { CommandContext } from "../../src/cli/command.ts";
import type { ServedGateway } from "../../src/cli/serve/serve-gateway.ts";
import { tellServing } from "../../src/cli/serve/tell-serving.ts";
import type { StarterKey } from "../../src/cli/starter-keys.ts";
import { createUi } from "../../src/cli/ui.ts";
import { stateFiles } from "../../src/cli/wire.ts";
import { generateApiKey } from "../../src/kernel/api-key.ts";
import { sha256Hex } from "../../src/kernel/hash.ts";
import { canonicalJson } from "../../src/kernel/json.ts";
import { artifactFixture } from "../support/artifact-fixture.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { testIo } from "./support/test-io.ts";

const URL = "http://127.0.0.1:8787";

/** What is told of a gateway that serves the fixture with these starter keys. */
function told(keys: (root: string) => readonly StarterKey[], json = false): string {
  const root = tempFolder();
  const artifact = artifactFixture({ baseUrls: ["http://127.0.0.1:1"], key: generateApiKey("test") });
  const hash = sha256Hex(canonicalJson(artifact));
  writeArtifact(stateFiles(root).directory, { artifact, hash, functions: null });
  const io = testIo({ cwd: root });
  const context: CommandContext = { io, ui: createUi(io, json), configFile: join(root, "x.ts"), root };
  const served: ServedGateway = {
    url: URL,
    supervisor: {
      serving: () => hash,
      serve: async () => ({ skipped: [] }),
      change: async () => {},
      takeUses: async () => [],
      stop: async () => ({ abandoned: 0, lostRows: 0, silentThreads: 0 }),
    },
    first: { skipped: [], starterKeys: keys(root) },
    serve: async () => ({ skipped: [], starterKeys: [] }),
    applied: async () => {},
    stop: async () => ({ abandoned: 0, lostRows: 0, silentThreads: 0 }),
  };
  tellServing(context, served, 2);
  return io.out();
}

const key = (root: string, fields: Partial<StarterKey>): StarterKey => ({
  tenant: "acme",
  app: "shop",
  file: join(root, ".latchkey/keys/acme.shop.key"),
  state: "kept",
  ...fields,
});

describe("tellServing", () => {
  test("tells address, models, applications and providers that are skipped", () => {
    const text = told(() => []);
    expect(text).toMatch(
      /^Latchkey serves artifact [0-9a-f]{12} on http:\/\/127\.0\.0\.1:8787 with 2 threads\.\n/,
    );
    expect(text).toMatch(/^Models\n {2}fast +box0\/upstream-0\n {2}private +box0\/upstream-0$/m);
    expect(text).toContain(
      `\nIt is process ${process.pid}: \`kill -HUP ${process.pid}\` takes a changed config over.\n`,
    );
    expect(text).toMatch(/^Applications\n {2}acme\/shop +texts$/m);
    expect(text).toContain(
      "Skipped providers\n  box0  UPSTREAM_KEY is missing: set it with `export UPSTREAM_KEY=…`",
    );
    expect(text).not.toContain("curl");
  });

  test("shows a new key once, with where it is kept", () => {
    const text = told((root) => [key(root, { state: "new", plainText: "lk_demo_plain" })]);
    expect(text).toContain("shown this once and kept in .latchkey/keys/acme.shop.key:\nlk_demo_plain\n");
  });

  test("shows no key to machines", () => {
    const text = told((root) => [key(root, { state: "new", plainText: "lk_demo_plain" })], true);
    expect(text).not.toContain("lk_demo_plain");
    expect(JSON.parse(text)).toMatchObject({ event: "serving", url: URL, starterKeys: [{ state: "new" }] });
  });

  test("says where a kept key is", () => {
    expect(told((root) => [key(root, {})])).toContain(
      "The key of acme/shop is in .latchkey/keys/acme.shop.key\n",
    );
  });

  test("says what to do about a key that is lost", () => {
    const text = told((root) => [key(root, { state: "file-lost", id: "a1b2" })]);
    expect(text).toContain("latchkey keys rotate a1b2 --out ");
    expect(text).not.toContain("curl");
  });
});
