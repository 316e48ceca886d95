import { afterAll } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Writes a config with its files to a folder outside of the checkout, where nothing is installed. */
export function configFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-config-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** A config that compiles, with more text after its imports and before its export. */
export function configText(more = "", endpoints = ""): string {
  return `import { app, defineGateway, demo, endpoint, fragment, json, key, list, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });
${more}
const team = tenant({ apps: { shop: app({ uses: () => [texts] }) } });
const texts = service({ owner: team, offers: [fast${endpoints === "" ? "" : `, ${endpoints}`}] });

export default defineGateway({
  providers: { local },
  models: { fast },
  endpoints: { ${endpoints} },
  services: { texts },
  tenants: { team },
});
`;
}
