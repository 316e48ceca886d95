import { describe, expect, test } from "bun:test";
import { LatchkeyError } from "../../src/kernel/error.ts";
import { createLogger, type LoggerOptions } from "../../src/telemetry/logger.ts";

function capture(options: Partial<LoggerOptions> = {}, isTTY = false) {
  const lines: string[] = [];
  const destination = { isTTY, write: (line: string) => void lines.push(line) };
  return { logger: createLogger({ level: "info", destination, ...options }), lines };
}

describe("the log", () => {
  test("writes one JSON object a line", () => {
    const { logger, lines } = capture();
    logger.child({ thread: 1 }).warn("thread-ended", { code: 3 });
    logger.info("thread-started");
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        level: "warn",
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        event: "thread-ended",
        thread: 1,
        code: 3,
      },
      { level: "info", time: expect.any(String), event: "thread-started" },
    ]);
    expect(lines.every((line) => line.indexOf("\n") === line.length - 1)).toBe(true);
  });

  test("writes one readable line for a person", () => {
    const { logger, lines } = capture({ format: "text" });
    logger.error("call-failed", { path: "/v1/models", reason: "two\nlines", tries: 2, list: ["a"] });
    expect(lines.join("")).toMatch(
      /^\d\d:\d\d:\d\d error call-failed path=\/v1\/models reason="two\\nlines" tries=2 list=\["a"\]\n$/,
    );
  });

  test("is text on a terminal and JSON elsewhere, unless told", () => {
    const shape = (options: Partial<LoggerOptions>, isTTY: boolean): string => {
      const { logger, lines } = capture(options, isTTY);
      logger.info("gateway-ready");
      return lines.join("").startsWith("{") ? "json" : "text";
    };
    expect([shape({}, true), shape({}, false)]).toEqual(["text", "json"]);
    expect([shape({ format: "json" }, true), shape({ format: "text" }, false)]).toEqual(["json", "text"]);
  });

  test("goes to standard output by itself", async () => {
    const source = `
      import { createLogger } from ${JSON.stringify(new URL("../../src/telemetry/logger.ts", import.meta.url))};
      createLogger({ level: "debug" }).debug("gateway-ready", { port: 1 });`;
    const child = Bun.spawn([process.execPath, "-e", source], { stdout: "pipe" });
    expect(JSON.parse(await child.stdout.text())).toMatchObject({
      level: "debug",
      event: "gateway-ready",
      port: 1,
    });
    expect(await child.exited).toBe(0);
  });

  test.each([
    ["debug", 4],
    ["info", 3],
    ["warn", 2],
    ["error", 1],
    ["silent", 0],
  ] as const)("at level %s writes %d of four lines", (level, count) => {
    const { logger, lines } = capture({ level });
    logger.debug("a");
    logger.info("b");
    logger.warn("c");
    logger.error("d");
    expect(lines).toHaveLength(count);
  });

  test("lets children add to their parents' fields", () => {
    const { logger, lines } = capture();
    logger.child({ a: 1, b: 1 }).child({ b: 2 }).info("seen", { c: 3 });
    logger.info("seen");
    expect(lines.map((line) => Object.keys(JSON.parse(line)))).toEqual([
      ["level", "time", "a", "b", "c", "event"],
      ["level", "time", "event"],
    ]);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ a: 1, b: 2, c: 3 });
  });

  test("shows errors with their causes", () => {
    const { logger, lines } = capture();
    const error = new LatchkeyError("LK-3002", undefined, {
      internal: "refused",
      cause: new AggregateError([new Error("one"), new Error("two")], "all failed"),
    });
    logger.error("call-failed", { error });
    expect(JSON.parse(lines.join("")).error).toMatchObject({
      name: "LatchkeyError",
      code: "LK-3002",
      internal: "refused",
      stack: expect.stringContaining("logger.test.ts"),
      cause: { message: "all failed", errors: [{ message: "one" }, { message: "two" }] },
    });
  });
});

describe("a line cannot be forged", () => {
  test("by fields that are named like its own", () => {
    const { logger, lines } = capture();
    logger.child({ event: "x" }).info("real", { level: "error", time: "never" });
    expect(JSON.parse(lines.join(""))).toMatchObject({
      level: "info",
      event: "real",
      ".level": "error",
      ".time": "never",
      ".event": "x",
    });
    expect(lines.join("").match(/"(level|time|event)":/g)).toHaveLength(3);
  });

  test.each(["json", "text"] as const)("by control characters, as %s", (format) => {
    const { logger, lines } = capture({ format });
    const evil = "a\r\n12:00:00 info  fake\u001b[2J\u009b2J\u2028\u202e\u0000";
    logger.info(evil, { [evil]: evil, list: [evil], __proto__: { polluted: evil } });
    const [line = ""] = lines;
    expect(lines).toHaveLength(1);
    expect(line.indexOf("\n")).toBe(line.length - 1);
    // Terminals are for text; JSON may hold what JSON may hold.
    if (format === "text") expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
    else expect(JSON.parse(line).event).toBe(evil);
  });
});

describe("whatever is logged", () => {
  test.each([
    ["a big integer", 1n, "1"],
    ["a symbol", Symbol("x"), "Symbol(x)"],
    ["a function", () => "source", "[function]"],
    ["a date", new Date(0), "1970-01-01T00:00:00.000Z"],
    ["a broken date", new Date(Number.NaN), "Invalid Date"],
    ["a URL", new URL("http://a/b"), "http://a/b"],
    ["bytes", new Uint8Array(3), "[3 bytes]"],
    [
      "a map",
      new Map<unknown, unknown>([
        ["a", 1],
        [2, "b"],
      ]),
      { a: 1, 2: "b" },
    ],
    ["a set", new Set(["a"]), ["a"]],
    ["headers", new Headers({ A: "b" }), { a: "b" }],
    ["an odd name", JSON.parse('{"__proto__": {"a": 1}}'), JSON.parse('{"__proto__": {"a": 1}}')],
  ])("%s is shown", (_, value, shown) => {
    const { logger, lines } = capture();
    logger.info("seen", { value });
    expect(JSON.parse(lines.join("")).value).toEqual(shown);
  });

  test("a value inside itself, a getter or a proxy that throws does no harm", () => {
    const { logger, lines } = capture();
    const loop: Record<string, unknown> = { twice: [1, 1] };
    loop["self"] = loop;
    const bad = {
      get value(): string {
        throw new Error("no");
      },
    };
    const proxy = new Proxy({}, { ownKeys: () => bad.value as never });
    logger.info("odd", { loop, bad, proxy, toJSON: "a field" });
    logger.info("odd", bad);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      loop: { twice: [1, 1], self: "[…]" },
      bad: "[unreadable]",
      proxy: "[unreadable]",
    });
    expect(JSON.parse(lines[1] ?? "")).toMatchObject({ event: "odd", fields: "[unreadable]" });
  });

  test("is bounded: long texts, long lists, many fields, deep and wide objects", () => {
    const { logger, lines } = capture();
    let deep: unknown = "bottom";
    for (let level = 0; level < 50; level++) deep = { deep };
    const wide = (depth: number): unknown =>
      depth === 0 ? "x".repeat(100) : Array.from({ length: 90 }, () => wide(depth - 1));
    logger.info("x".repeat(1_000_000), {
      text: "x".repeat(1_000_000),
      list: Array.from({ length: 5_000 }, () => 1),
      fields: Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [index, 1])),
      deep,
      wide: wide(3),
    });
    const line = lines.join("");
    expect(line.length).toBeLessThan(300_000);
    expect(line).not.toContain("bottom");
    expect(JSON.parse(line).list).toHaveLength(101);
    expect(JSON.parse(line).fields["[…]"]).toBe(4_900);
  });
});
