import { expect, test } from "bun:test";
import { parseProcessStat, parseResidentBytes, readProcessUsage } from "../../bench/support/process-usage.ts";

const REST = "0 -1 4194304 100 0 0 0 250 75 9 9 20 0 5 0 12345 1000 200";

test("parent and CPU time are read from a stat line", () => {
  expect(parseProcessStat(`4242 (bun) S 17 4242 4242 ${REST}`)).toEqual({ parentPid: 17, cpuTicks: 325 });
});

test("a command's name may hold blanks and parentheses", () => {
  expect(parseProcessStat(`7 (a) S 1 (b c) R 17 7 7 ${REST}`).parentPid).toBe(17);
});

test("resident memory is read from a status text, in bytes", () => {
  expect(parseResidentBytes("Name:\tbun\nVmHWM:\t   20 kB\nVmRSS:\t    1024 kB\nThreads:\t4\n")).toBe(
    1_048_576,
  );
});

test("a process without memory has none", () => expect(parseResidentBytes("Name:\tzombie\n")).toBe(0));

test("the usage of this process grows with its work and counts its memory", async () => {
  const before = await readProcessUsage(process.pid);
  const target = process.cpuUsage().user + 60_000;
  while (process.cpuUsage().user < target) Bun.hash(String(target));
  const after = await readProcessUsage(process.pid);
  expect(after.cpuMicroseconds - before.cpuMicroseconds).toBeGreaterThanOrEqual(40_000);
  expect(after.residentBytes).toBeGreaterThan(1_000_000);
});

test("children count", async () => {
  const alone = (await readProcessUsage(process.pid)).residentBytes;
  const child = Bun.spawn([process.execPath, "-e", "console.log('up'); await Bun.sleep(60_000)"], {
    stdout: "pipe",
  });
  await child.stdout.getReader().read();
  const together = (await readProcessUsage(process.pid)).residentBytes;
  const childAlone = (await readProcessUsage(child.pid)).residentBytes;
  child.kill();
  await child.exited;
  expect(childAlone).toBeGreaterThan(1_000_000);
  expect(together).toBeGreaterThan(Math.max(alone, childAlone));
});

test("a process that is gone has used nothing", async () => {
  const child = Bun.spawn([process.execPath, "--version"], { stdout: "ignore" });
  await child.exited;
  expect(await readProcessUsage(child.pid)).toEqual({ cpuMicroseconds: 0, residentBytes: 0 });
});
