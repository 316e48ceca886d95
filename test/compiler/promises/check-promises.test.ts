import { expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import type { Artifact } from "../../../src/artifact/artifact.ts";
import { type CompileResult, compile } from "../../../src/compiler/compile.ts";
import type { Allowances, Predecessor } from "../../../src/compiler/promises/predecessor.ts";
import { endpointConfig } from "../../cli/support/project.ts";
import { configFolder } from "../support/config-folder.ts";

setDefaultTimeout(60_000);

const nobody: Allowances = { breaking: false, retire: false };

function compiled(config: string, predecessor?: Predecessor): Promise<CompileResult> {
  const configFile = join(configFolder({ "gateway.config.ts": config }), "gateway.config.ts");
  return compile({ configFile, ...(predecessor !== undefined && { predecessor }) });
}

async function artifactOf(config: string): Promise<Artifact> {
  const { artifact } = await compiled(config);
  if (artifact === null) throw new Error("the config has errors");
  return artifact;
}

const first = endpointConfig();
const both = first
  .replace("z.object({ text:", "z.object({ tone: z.string(), text:")
  .replace("offers: [repeat]", "offers: [repeat, echo]");
const neither = both
  .replace("offers: [repeat, echo]", "offers: [repeat]")
  .replace("tone: z.string()", "tone: z.number()");

test("what breaks is refused, warned of, or let pass", async () => {
  const artifact = await artifactOf(both);
  const told = async (allow: Allowances, warnOnly: boolean) => {
    const result = await compiled(neither, { artifact, subscriptions: [], allow, warnOnly });
    expect(result.artifact === null).toBe(!warnOnly && !(allow.breaking && allow.retire));
    const found = result.diagnostics.filter(({ code }) => code.startsWith("LK181"));
    return found.map(({ code, severity, path }) => `${severity} ${code} ${path}`).sort();
  };
  const breaking = "LK1811 endpoints.repeat.input";
  const lost = "LK1813 services.texts.offers";
  expect(await told(nobody, false)).toEqual([`error ${breaking}`, `error ${lost}`]);
  expect(await told(nobody, true)).toEqual([`warning ${breaking}`, `warning ${lost}`]);
  expect(await told({ breaking: true, retire: false }, false)).toEqual([`error ${lost}`]);
  expect(await told({ breaking: false, retire: true }, false)).toEqual([`error ${breaking}`]);
  expect(await told({ breaking: true, retire: true }, false)).toEqual([]);
});

test("what is refused does not keep anything else from being told, and changes nothing of the artifact", async () => {
  const artifact = await artifactOf(both);
  const predecessor = {
    artifact,
    subscriptions: [],
    allow: { breaking: true, retire: true },
    warnOnly: false,
  };
  expect((await compiled(neither, predecessor)).hash).toBe((await compiled(neither)).hash);
});

test("a user list is cut short where it is long, and says how many there are", async () => {
  const apps = Array.from({ length: 25 }, (_, at) => `app${at}: app({ uses: [texts] })`).join(", ");
  const many = first.replace("apps: { checkout:", `apps: { ${apps}, checkout:`);
  const predecessor = { artifact: await artifactOf(many), subscriptions: [], allow: nobody, warnOnly: false };
  const { diagnostics } = await compiled(
    many.replace('version: "1.0.0",', 'version: "1.0.0", status: "retired",'),
    predecessor,
  );
  const [loss] = diagnostics.filter(({ code }) => code === "LK1813");
  expect(loss?.message).toBe('the endpoint "repeat" v1 is retired, and 26 applications use it');
  expect(loss?.notes).toHaveLength(21);
  expect(loss?.notes.at(-1)?.message).toBe("and 6 more applications");
});
