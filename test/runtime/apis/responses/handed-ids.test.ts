import { expect, test } from "bun:test";
import { HandedIds } from "../../../../src/runtime/apis/responses/handed-ids.ts";

const limits = { maxIds: 5, maxIdsPerKey: 3, ttlMs: 1_000 };

function remembered() {
  const time = { ms: 0 };
  const clock = { now: () => time.ms, monotonic: () => time.ms };
  return { time, handed: new HandedIds(limits, clock) };
}

test("a key's ids are its own", () => {
  const { handed } = remembered();
  handed.note("one", ["resp_1", "msg_1"], "openai");
  expect(handed.keeperOf("one", "msg_1")).toBe("openai");
  expect(handed.keeperOf("two", "msg_1")).toBeUndefined();
  handed.forget("two", "msg_1");
  expect(handed.keeperOf("one", "msg_1")).toBe("openai");
  handed.forget("one", "msg_1");
  expect(handed.keeperOf("one", "msg_1")).toBeUndefined();
});

test("the oldest ids of a key go first, and drive out none of another", () => {
  const { handed } = remembered();
  handed.note("one", ["a"], "p");
  handed.note("two", ["a", "b", "c", "d"], "p");
  expect(["a", "b", "c", "d"].map((id) => handed.keeperOf("two", id))).toEqual([undefined, "p", "p", "p"]);
  expect(handed.keeperOf("one", "a")).toBe("p");
});

test("the key that got nothing for the longest time makes room for all", () => {
  const { handed } = remembered();
  handed.note("one", ["a", "b", "c"], "p");
  handed.note("two", ["a", "b"], "p");
  handed.note("three", ["a", "b"], "p");
  expect(["a", "b", "c"].map((id) => handed.keeperOf("one", id))).toEqual([undefined, undefined, "p"]);
  expect(handed.keeperOf("two", "a")).toBe("p");
});

test("an id is forgotten after its time, which begins again when it is told again", () => {
  const { handed, time } = remembered();
  handed.note("one", ["a", "b"], "p");
  time.ms = 600;
  handed.note("one", ["a"], "q");
  time.ms = 1_000;
  expect(handed.keeperOf("one", "a")).toBe("q");
  expect(handed.keeperOf("one", "b")).toBeUndefined();
});
