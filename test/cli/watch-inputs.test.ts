import { expect, test } from "bun:test";
import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type InputWatch, watchInputs } from "../../src/cli/serve/watch-inputs.ts";
import { afterTest } from "../support/after-test.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** Starts to watch; the answer hands out the next change that is told. */
function start(): {
  readonly watch: InputWatch;
  readonly change: () => Promise<void>;
  readonly told: () => number;
} {
  let count = 0;
  let wake = (): void => undefined;
  const watch = watchInputs({
    quietMs: 20,
    onChange() {
      count++;
      wake();
    },
  });
  afterTest(() => watch.close());
  const change = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  return { watch, change, told: () => count };
}

/** Resolves after a change of the files, when any other watch has been told of it, too. */
function seen(...files: readonly string[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const watch = watchInputs({ quietMs: 100, onChange: resolve });
  afterTest(() => watch.close());
  watch.update(files, false);
  return promise;
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

test.each(["other.ts", "names.json", "note.md", "parts"])(
  "%s counts only while something is missing",
  async (name) => {
    const folder = tempFolder();
    const file = join(folder, "a.ts");
    writeFileSync(file, "0");
    const { watch: inputs, change, told } = start();
    inputs.update([file], false);
    const path = join(folder, name);
    const make = (): void => (name === "parts" ? mkdirSync(path) : writeFileSync(path, "1"));
    const made = seen(path);
    make();
    await made;
    const removed = seen(path);
    rmSync(path, { recursive: true });
    await removed;
    expect(told()).toBe(0);
    inputs.update([file], true);
    const changed = change();
    make();
    await changed;
    expect(told()).toBe(1);
  },
);

test("what is written to a file that is no input never counts, nor what no config imports", async () => {
  const folder = tempFolder();
  const file = join(folder, "a.ts");
  const [log, events] = [join(folder, "dev.out"), join(folder, "events.json")];
  for (const path of [file, log, events]) writeFileSync(path, "");
  const { watch: inputs, change, told } = start();
  inputs.update([file], true);
  const nohup = join(folder, "nohup.out");
  for (const [path, write] of [
    [log, () => appendFileSync(log, "a line")],
    [events, () => appendFileSync(events, "{}")],
    [nohup, () => writeFileSync(nohup, "a line")],
  ] as const) {
    const written = seen(path);
    write();
    await written;
  }
  expect(told()).toBe(0);
  const changed = change();
  writeFileSync(file, "1");
  await changed;
  expect(told()).toBe(1);
});

test("state and packages never count", async () => {
  const folder = tempFolder();
  const file = join(folder, "a.ts");
  writeFileSync(file, "0");
  const { watch: inputs, change, told } = start();
  inputs.update([file], true);
  mkdirSync(join(folder, ".latchkey"));
  mkdirSync(join(folder, "node_modules"));
  const other = join(folder, "other.out");
  const written = seen(other);
  writeFileSync(other, "");
  await written;
  expect(told()).toBe(0);
  const changed = change();
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
