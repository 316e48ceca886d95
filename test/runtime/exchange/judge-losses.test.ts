import { expect, test } from "bun:test";
import fc from "fast-check";
import { judgeLosses } from "../../../src/runtime/exchange/judge-losses.ts";

const harmless = { isHarmless: true, reason: "has no counterpart" } as const;
const changed = { isHarmless: true, isChanged: true, reason: "is 1 at most" } as const;

test("what was left out and what was changed are told apart, each once", () => {
  const losses = [
    { path: "user", ...harmless },
    { path: "temperature", ...changed },
    { path: "user", ...harmless },
    { path: "temperature", ...changed },
  ];
  expect(judgeLosses(losses, "box/m")).toEqual({ dropped: ["user"], changed: ["temperature"] });
  expect(judgeLosses([], "box/m")).toEqual({ dropped: [], changed: [] });
});

test("a member of which a part is told is no member that was left out", () => {
  const losses = [
    { path: "thinking", ...harmless },
    { path: "thinking", ...changed },
  ];
  expect(judgeLosses(losses, "box/m")).toEqual({ dropped: [], changed: ["thinking"] });
});

test("anything that is not harmless refuses the request", () => {
  const path = fc.constantFrom("a", "b", "c");
  const loss = fc.record({
    path,
    isHarmless: fc.boolean(),
    isChanged: fc.constantFrom(true as const, undefined),
  });
  fc.assert(
    fc.property(fc.array(loss, { maxLength: 6 }), (list) => {
      const losses = list.map(({ path: at, isHarmless, isChanged }) => ({
        ...{ path: at, isHarmless, reason: "is odd" },
        ...(isHarmless && isChanged && { isChanged }),
      }));
      const refused = losses.find(({ isHarmless }) => !isHarmless);
      if (refused !== undefined)
        return expect(() => judgeLosses(losses, "box/m")).toThrow(`\`${refused.path}\` is odd (box/m).`);
      const { dropped, changed: told } = judgeLosses(losses, "box/m");
      expect(new Set([...dropped, ...told])).toEqual(new Set(losses.map(({ path: at }) => at)));
      expect(dropped.length + told.length).toBe(new Set([...dropped, ...told]).size);
    }),
  );
});
