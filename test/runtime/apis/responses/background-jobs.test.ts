import { expect, test } from "bun:test";
import { BackgroundJobs } from "../../../../src/runtime/apis/responses/background-jobs.ts";

const begin = (jobs: BackgroundJobs, key: string, count: number): void => {
  for (let index = 0; index < count; index++) jobs.begin(key, `${key}-${index}`, () => {});
};

test("a key may have a hundred answers under way, all keys together a thousand", () => {
  const jobs = new BackgroundJobs();
  begin(jobs, "first", 100);
  expect(() => jobs.begin("first", "one-more", () => {})).toThrow(
    expect.objectContaining({ code: "LK-2118" }),
  );
  for (let key = 0; key < 9; key++) begin(jobs, `key-${key}`, 100);
  expect(() => jobs.begin("last", "one-more", () => {})).toThrow(
    expect.objectContaining({ code: "LK-2118" }),
  );
  jobs.end("first-0");
  jobs.begin("first", "one-more", () => {});
});

test("an answer is ended by its own key, while it is under way", () => {
  const jobs = new BackgroundJobs();
  let ends = 0;
  jobs.begin("key", "a", () => ends++);
  jobs.cancel("other", "a");
  jobs.cancel("key", "b");
  expect(ends).toBe(0);
  jobs.cancel("key", "a");
  jobs.end("a");
  jobs.cancel("key", "a");
  expect(ends).toBe(1);
});
