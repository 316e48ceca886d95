import { expect, test } from "bun:test";
import { Trail, tracedList } from "../../../../src/compiler/evaluate/child/traced-list.ts";

interface Thing {
  readonly name: string;
  readonly parts: readonly Thing[];
}

function things(trail: Trail, ...names: readonly string[]): readonly Thing[] {
  const thing = (name: string, parts: readonly Thing[]): Thing => {
    const item = { name, parts: tracedList(parts, trail) };
    trail.labels.set(item, name);
    return item;
  };
  return tracedList(
    names.map((name) => thing(name, [thing(`${name}.1`, []), thing(`${name}.2`, [])])),
    trail,
  );
}

test("the item that decided is remembered, and those inside it", () => {
  const trail = new Trail();
  const list = things(trail, "a", "b");
  expect(list.every(({ parts }) => parts.every(({ name }) => name !== "b.2"))).toBe(false);
  expect(trail.steps).toEqual(["b", "b.2"]);
  trail.clear();
  expect(list.some(({ parts }) => parts.some(({ name }) => name === "a.2"))).toBe(true);
  expect(trail.steps).toEqual(["a", "a.2"]);
});

test("what did not decide is forgotten", () => {
  const trail = new Trail();
  const list = things(trail, "a", "b");
  expect(list.every(({ parts }) => !parts.every(({ name }) => name === "x"))).toBe(true);
  expect(list.some(({ parts }) => !parts.some(({ name }) => name.endsWith("1")))).toBe(false);
  expect(trail.steps).toEqual([]);
});

test("a list is a list otherwise, and cannot be changed", () => {
  const list = tracedList([3, 1, 2], new Trail());
  expect([...list]).toEqual([3, 1, 2]);
  expect(list.filter((value) => value > 1)).toEqual([3, 2]);
  expect(() => (list as number[]).push(4)).toThrow(TypeError);
});
