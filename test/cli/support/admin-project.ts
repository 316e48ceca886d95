import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAccessToken } from "../../../src/admin/identity/access-tokens.ts";
import { findMember } from "../../../src/admin/identity/member.ts";
import { identitySettingsOf } from "../../../src/admin/identity/settings-of.ts";
import { setCurrentArtifact, writeArtifact } from "../../../src/artifact/write.ts";
import { readCurrent } from "../../../src/cli/artifacts.ts";
import { type ServedGateway, serveGateway } from "../../../src/cli/serve/serve-gateway.ts";
import { recordsOf, stateFiles } from "../../../src/cli/wire.ts";
import { compile } from "../../../src/compiler/compile.ts";
import { systemClock } from "../../../src/kernel/clock.ts";
import { digestOf } from "../../../src/kernel/hash.ts";
import { writeConfig } from "./project.ts";

/** Three tenants: one owns the service, and two have an application of the same name. */
const config = `import { app, approval, defineGateway, demo, key, model, service, tenant } from "latchkey/config";
const local = demo();
const echo = model({ targets: [local("echo")] });
const loud = model({ targets: [local("echo")] });
const platform = tenant({ members: { "olga@example.com": "owner" } });
const texts = service({ owner: platform, offers: [echo, loud], visibility: "everyone", summary: "Words about words", approval: approval.by("owner", { within: "7d" }), subscriptionFor: "30d" });
const secret = service({ owner: platform, offers: [loud], visibility: "owner" });
const shop = tenant({
  members: { "dev@example.com": "developer", "ada@example.com": "admin", "vic@example.com": "viewer" },
  keyPolicy: { maxLifetime: "90d" },
  apps: { checkout: app({ keys: { main: key({ digest: "${digestOf("a declared key")}", expires: "2099-12-31" }) } }) },
});
const bank = tenant({ members: { "eve@example.com": "owner", "dev@example.com": "developer" }, apps: { checkout: app({}) } });
export default defineGateway({
  providers: { local }, models: { echo, loud }, services: { texts, secret }, tenants: { platform, shop, bank },
  operators: ["root@example.com"],
});
`;

/** A folder of a gateway with a current artifact. */
export interface AdminProject {
  readonly root: string;
  /** Serves it on a free port. */
  readonly serve: () => Promise<ServedGateway>;
  /** Makes an access token for a member; answers its text. */
  readonly token: (address: string, permissions?: readonly string[]) => Promise<string>;
  /** All that the folder's record store holds, as it lies on the disk. */
  readonly stored: () => string;
  readonly remove: () => void;
}

/** Makes such a folder. */
export async function adminProject(): Promise<AdminProject> {
  const root = mkdtempSync(join(tmpdir(), "latchkey-cli-"));
  const { directory, records: file } = stateFiles(root);
  writeConfig(root, config);
  const compiled = await compile({ configFile: join(root, "gateway.config.ts") });
  const { artifact, hash, functions, diagnostics } = compiled;
  if (artifact === null || hash === null) throw new Error(JSON.stringify(diagnostics));
  writeArtifact(directory, { artifact, hash, functions });
  setCurrentArtifact(directory, hash);
  return {
    root,
    serve: () =>
      serveGateway({
        ...{ root, hash, port: 0, hostname: "127.0.0.1", threads: 2 },
        ...{ logLevel: "silent", pretty: false, clock: systemClock },
      }),
    async token(address, permissions) {
      const stored = readCurrent(directory);
      if (stored === undefined) throw new Error("There is no current artifact.");
      const settings = identitySettingsOf(stored);
      const claims = { address, groups: [], means: "session", credential: "a session" } as const;
      const member = findMember(settings, claims);
      if (member === undefined) throw new Error(`${address} is nobody.`);
      const records = recordsOf(root);
      try {
        const parts = { records, clock: systemClock, settings: () => settings };
        const wanted = { name: "test", permissions: permissions ?? null, expiresAtMs: null };
        return (await createAccessToken(parts, member, wanted, null)).text;
      } finally {
        await records.close();
      }
    },
    stored: () =>
      [file, `${file}-wal`]
        .filter((path) => existsSync(path))
        .map((path) => readFileSync(path, "latin1"))
        .join(),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Asks a running gateway for a model, on connections of their own so that every thread is asked; answers the statuses. */
export async function statusesOf(url: string, key: string, model = "echo"): Promise<readonly number[]> {
  const asked = Array.from({ length: 12 }, () =>
    fetch(`${url}/v1/models/${model}`, { headers: { authorization: `Bearer ${key}`, connection: "close" } }),
  );
  return [...new Set((await Promise.all(asked)).map(({ status }) => status))];
}
