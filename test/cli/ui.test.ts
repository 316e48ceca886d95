import { describe, expect, jest, test } from "bun:test";
import { createUi } from "../../src/cli/ui.ts";
import { testIo } from "./support/test-io.ts";

const ESCAPE = "\u001b[";

describe("createUi", () => {
  test("writes for people on both streams", () => {
    const io = testIo();
    const ui = createUi(io, false);
    ui.out.line("answer");
    ui.out.line("with its own break\n");
    ui.err.line("hint");
    ui.data({ not: "shown" });
    expect(io.out()).toBe("answer\nwith its own break\n");
    expect(io.errors()).toBe("hint\n");
  });

  test("writes nothing but JSON on stdout for machines", () => {
    const io = testIo();
    const ui = createUi(io, true);
    ui.out.line("answer");
    ui.data({ a: 1 });
    expect(JSON.parse(io.out())).toEqual({ a: 1 });
    ui.data({ b: "x\ny" }, "line");
    expect(io.out().split("\n").at(-2)).toBe('{"b":"x\\ny"}');
  });

  test("uses colours on a terminal only, and not where NO_COLOR is set", () => {
    const paint = (env: Record<string, string>, terminal: boolean) =>
      createUi(testIo({ env, terminal }), false).out.paint("x", "red");
    expect(paint({}, true)).toContain(ESCAPE);
    expect(paint({}, false)).toBe("x");
    expect(paint({ NO_COLOR: "1" }, true)).toBe("x");
    expect(paint({ NO_COLOR: "" }, true)).toContain(ESCAPE);
    expect(paint({ TERM: "dumb" }, true)).toBe("x");
  });

  describe("progress", () => {
    test("shows on a terminal what takes over a second, and clears it away", async () => {
      jest.useFakeTimers();
      try {
        const io = testIo({ terminal: true });
        const job = Promise.withResolvers<number>();
        const shown = createUi(io, false).progress("Compiling", () => job.promise);
        jest.advanceTimersByTime(999);
        expect(io.errors()).toBe("");
        jest.advanceTimersByTime(1_001);
        expect(io.errors()).toContain("Compiling… 2 s");
        job.resolve(7);
        expect(await shown).toBe(7);
        expect(io.errors()).toEndWith(`\r${ESCAPE}K`);
        expect(io.out()).toBe("");
      } finally {
        jest.useRealTimers();
      }
    });

    test("shows nothing elsewhere, and lets failures through", async () => {
      jest.useFakeTimers();
      try {
        const io = testIo();
        const job = Promise.withResolvers<void>();
        const shown = createUi(io, false).progress("Compiling", () => job.promise);
        jest.advanceTimersByTime(5_000);
        job.reject(new Error("broken"));
        await expect(shown).rejects.toThrow("broken");
        expect(io.errors()).toBe("");
      } finally {
        jest.useRealTimers();
      }
    });
  });
});
