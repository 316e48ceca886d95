import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { generateApiKey } from "../../src/kernel/api-key.ts";
import { createLogger, type LoggerOptions } from "../../src/telemetry/logger.ts";

function capture(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const logger = createLogger({
    level: "info",
    format: "json",
    write: (line) => void lines.push(line),
    ...options,
  });
  return { logger, lines };
}

describe("the log", () => {
  test("writes one JSON object a line", () => {
    const { logger, lines } = capture();
    logger.child({ thread: 1 }).warn("thread-ended", { code: 3 });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      level: "warn",
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      event: "thread-ended",
      thread: 1,
      code: 3,
    });
  });

  test("writes one readable line for a person", () => {
    const { logger, lines } = capture({ format: "text" });
    logger.error("call-failed", { path: "/v1/models", reason: "two\nlines" });
    expect(lines.join("")).toMatch(
      /^\d\d:\d\d:\d\d error call-failed path=\/v1\/models reason="two\\nlines"\n$/,
    );
  });

  test("keeps to its level", () => {
    const { logger, lines } = capture({ level: "warn" });
    logger.info("nothing");
    logger.debug("nothing");
    expect(lines).toEqual([]);
  });

  test("bears whatever it is given", () => {
    const { logger, lines } = capture();
    const loop: Record<string, unknown> = { big: 1n, symbol: Symbol("x"), run: () => 1 };
    loop["self"] = loop;
    logger.info("odd", loop);
    expect(lines).toHaveLength(1);
  });
});

describe("secrets", () => {
  const secret = fc.oneof(
    fc.constant(generateApiKey("live")),
    fc.constant("sk-proj-abcdefghijklmnop"),
    fc.constant("AIzaSyA1234567890abcdefghijklmnopqrs"),
  );

  test("never reach the log, wherever they stand", () => {
    fc.assert(
      fc.property(
        secret,
        fc.string(),
        fc.string(),
        fc.constantFrom("json", "text"),
        (key, before, after, format) => {
          const { logger, lines } = capture({ format });
          const text = `${before} ${key} ${after}`;
          logger.info(text, {
            text,
            deep: [{ list: [text], [`x ${key}`]: 1 }],
            error: new Error(text, { cause: new Error(text) }),
          });
          expect(lines.join("")).not.toContain(key);
        },
      ),
    );
  });

  test.each([
    "authorization",
    "Cookie",
    "apiKey",
    "api_key",
    "password",
    "x-api-key",
    "clientSecret",
    "token",
  ])("in a field named %s are masked whole", (name) => {
    const { logger, lines } = capture();
    logger.info("request-seen", { headers: { [name]: "plain words" } });
    expect(lines.join("")).not.toContain("plain words");
    expect(lines.join("")).toContain("[redacted]");
  });

  test("are masked behind Bearer and in queries", () => {
    const { logger, lines } = capture();
    logger.info("seen", { a: "Authorization: Bearer abc.def", b: "/v1?alt=sse&key=hidden&x=1" });
    expect(lines.join("")).not.toMatch(/abc\.def|hidden/);
    expect(lines.join("")).toContain("x=1");
  });
});
