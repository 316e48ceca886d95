import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dir, "../..");

test("a clone that was installed has the client for Node", async () => {
  expect(existsSync(resolve(root, "dist/client/index.js"))).toBe(true);
  const program = `import { createClient } from "latchkey/client"; console.log(typeof createClient);`;
  const child = Bun.spawn(["node", "--input-type=module", "--eval", program], { cwd: root, stdout: "pipe" });
  expect((await child.stdout.text()).trim()).toBe("function");
  expect(await child.exited).toBe(0);
});
