import { expect, test } from "bun:test";
import { resolve } from "node:path";

const main = resolve(import.meta.dir, "../../src/cli/main.ts");

test("output of more than a pipe holds arrives whole at a reader that takes its time", async () => {
  // The reader begins when the command could have ended already.
  const command = `"${process.execPath}" "${main}" models --json | (sleep 1; cat)`;
  const child = Bun.spawn(["sh", "-c", command], { stdout: "pipe", stderr: "pipe" });
  const text = await child.stdout.text();
  expect(text.length).toBeGreaterThan(1_000_000);
  expect(() => JSON.parse(text)).not.toThrow();
}, 20_000);
