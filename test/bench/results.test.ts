import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { passthrough } from "../../bench/questions/passthrough.ts";
import { type BenchResult, keepResult, replaceSection } from "../../bench/support/results.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "latchkey-results-"));
});
afterAll(() => rm(folder, { recursive: true }));

function result(startedAt: string, figure: string, problems: readonly string[] = []): BenchResult {
  return {
    question: "passthrough",
    startedAt,
    valid: problems.length === 0,
    machine: {
      processor: "Some CPU",
      cores: 2,
      memoryBytes: 2 ** 33,
      system: "Debian",
      kernel: "6.1",
      loadBefore: 0.1,
      bun: "1.4.5",
      nginx: "1.22.1",
      wrk: "4.1.0",
      commit: "abc1234+",
    },
    options: { rounds: 3, seconds: 5, contestants: ["nginx"] },
    answer: {
      tables: [{ title: "Table", columns: ["contestant", "requests/s"], rows: [["nginx", figure]] }],
      notes: ["A note."],
      problems,
      rounds: [{ contestant: "nginx" }],
      summary: [],
    },
  };
}

test("a kept run has its rounds in a file and its section on the page", async () => {
  const file = await keepResult(folder, passthrough, result("2026-11-24T10:20:30.000Z", "111"));
  expect(file).toBe(join(folder, "results", "2026-11-24-102030-passthrough-abc1234-changed.json"));
  expect(((await Bun.file(file).json()) as BenchResult).answer.rounds).toEqual([{ contestant: "nginx" }]);
  const page = await Bun.file(join(folder, "RESULTS.md")).text();
  expect(page).toStartWith("# Results\n");
  expect(page).toContain("| nginx      |        111 |");
  expect(page).toContain("3 rounds of 5 s");
  expect(page).toContain("Some CPU, 2 cores, 8 GiB; Debian, kernel 6.1; Bun 1.4.5, nginx 1.22.1, wrk 4.1.0");
  expect(page).toContain("(results/2026-11-24-102030-passthrough-abc1234-changed.json)");
});

test("a later run replaces the section and keeps what is around it", async () => {
  const pageFile = join(folder, "RESULTS.md");
  await Bun.write(pageFile, `${await Bun.file(pageFile).text()}\nWritten by hand.\n`);
  await keepResult(folder, passthrough, result("2026-11-25T10:20:30.000Z", "222"));
  const page = await Bun.file(pageFile).text();
  expect(page).toContain("222");
  expect(page).not.toContain("111");
  expect(page).toContain("Written by hand.");
  expect(page.match(/## passthrough/g)).toHaveLength(1);
});

test("an invalid run says so on the page", async () => {
  await keepResult(
    folder,
    passthrough,
    result("2026-11-26T10:20:30.000Z", "333", ["nginx, round 1: 7 failed calls"]),
  );
  expect(await Bun.file(join(folder, "RESULTS.md")).text()).toContain(
    "**Invalid**: nginx, round 1: 7 failed calls",
  );
});

test("the section of one question leaves that of another alone", () => {
  const both = replaceSection(replaceSection("# Results\n", "a", "first"), "b", "second");
  expect(replaceSection(both, "a", "third")).toBe(both.replace("first", "third"));
});
