import { afterEach, expect, test } from "bun:test";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type InputWatch, watchInputs } from "../../src/cli/serve/watch-inputs.ts";
import { tempFolder } from "../support/temp-folder.ts";

let watch: InputWatch | undefined;
afterEach(() => watch?.close());

/** Starts to watch; the answer hands out the next change that is told. */
function start(): {
  readonly watch: InputWatch;
  readonly change: () => Promise<void>;
  readonly told: () => number;
} {
  let count = 0;
  let wake = (): void => undefined;
  watch = watchInputs({
    quietMs: 20,
    onChange() {
      count++;
      wake();
    },
  });
  const change = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  return { watch, change, told: () => count };
}

test("several writes in a row are told once", async () => {
  const folder = tempFolder();
  const file = join(folder, "a.ts");
  writeFileSync(file, "0");
  const { watch: inputs, change, told } = start();
  inputs.update([file], false);
  const changed = change();
  for (let index = 1; index < 10; index++) writeFileSync(file, String(index));
  await changed;
  expect(told()).toBe(1);
});

test("a file that is replaced by another is still watched", async () => {
  const folder = tempFolder();
  const file = join(folder, "a.ts");
  writeFileSync(file, "0");
  const { watch: inputs, change } = start();
  inputs.update([file], false);
  for (const text of ["1", "2"]) {
    const changed = change();
    writeFileSync(join(folder, "a.ts.new"), text);
    renameSync(join(folder, "a.ts.new"), file);
    await changed;
  }
});

test("other files count only while something is missing", async () => {
  const folder = tempFolder();
  const file = join(folder, "a.ts");
  const other = join(folder, "other.ts");
  writeFileSync(file, "0");
  const { watch: inputs, change, told } = start();
  inputs.update([file], false);
  const first = change();
  writeFileSync(other, "1");
  writeFileSync(file, "1");
  await first;
  expect(told()).toBe(1);
  inputs.update([file], true);
  const second = change();
  writeFileSync(other, "2");
  await second;
  expect(told()).toBe(2);
});

test("state and packages never count", async () => {
  const folder = tempFolder();
  const file = join(folder, "a.ts");
  writeFileSync(file, "0");
  const { watch: inputs, change, told } = start();
  inputs.update([file], true);
  const changed = change();
  writeFileSync(join(folder, ".latchkey"), "");
  writeFileSync(join(folder, "node_modules"), "");
  writeFileSync(file, "1");
  await changed;
  expect(told()).toBe(1);
});

test("files that are no longer inputs are let go", async () => {
  const [before, after] = [tempFolder(), tempFolder()];
  const [old, current] = [join(before, "a.ts"), join(after, "b.ts")];
  writeFileSync(old, "0");
  writeFileSync(current, "0");
  const { watch: inputs, change, told } = start();
  inputs.update([old], false);
  inputs.update([current], false);
  const changed = change();
  writeFileSync(old, "1");
  writeFileSync(current, "1");
  await changed;
  expect(told()).toBe(1);
});
