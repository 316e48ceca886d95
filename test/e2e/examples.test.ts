import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { compile } from "../../src/compiler/compile.ts";
import { copyOf, runGateway } from "../support/run-gateway.ts";

const root = resolve(import.meta.dir, "../..");

/** What each example prints. */
const EXPECTED: Readonly<Record<string, RegExp>> = {
  "01-first-call": /^Good morning\ncost: 0\.0000\d+ USD\n$/,
  "02-typed-endpoint": /^queue (billing|technical|other), urgency [1-5]\n$/,
  "03-streaming": /^One two three\nFour five six\nwhole: Four five six\n$/,
  "04-fallback": /^Still there\?\n$/,
  "05-teams":
    /^sales\.crm sees shared\nsales\.crm may not use secret: LK-2004\nresearch\.lab sees shared, secret\nresearch\.lab may use secret\n$/,
};

describe("examples", () => {
  const examples = readdirSync(join(root, "examples")).filter((name) => /^\d\d-/.test(name));

  test("are all run here", () => {
    expect(examples.sort()).toEqual(Object.keys(EXPECTED));
  });

  test.each(examples)("%s begins without a warning, and its README says how", async (name) => {
    const folder = join(root, "examples", name);
    const { diagnostics } = await compile({ configFile: join(folder, "gateway.config.ts") });
    expect(diagnostics).toEqual([]);
    const readme = readFileSync(join(folder, "README.md"), "utf8");
    expect(readme).toContain(`npm start -- --config examples/${name}/gateway.config.ts\n`);
    expect(readme).toContain(`npx bun examples/${name}/run.ts\n`);
  });

  test.each(examples)(
    "%s does what it says",
    async (name) => {
      const copy = copyOf(join("examples", name));
      try {
        const gateway = await runGateway(join(copy.folder, "gateway.config.ts"));
        const [key = ""] = Object.values(gateway.keys);
        const child = Bun.spawn([process.execPath, join(copy.folder, "run.ts")], {
          env: {
            ...process.env,
            LATCHKEY_URL: gateway.url,
            LATCHKEY_KEY: key,
            LATCHKEY_STATE: gateway.stateFolder,
          },
          stdout: "pipe",
          stderr: "inherit",
        });
        expect(await new Response(child.stdout).text()).toMatch(EXPECTED[name] ?? /^$/);
        expect(await child.exited).toBe(0);
        expect(await gateway.stop()).toBe(0);
      } finally {
        copy.remove();
      }
    },
    60_000,
  );
});
