import { describe, expect, test } from "bun:test";
import { PassThrough, Readable } from "node:stream";
import { readSecretText } from "../../src/cli/read-secret-text.ts";
import { testIo } from "./support/test-io.ts";

/** Types at a prompt as soon as it is shown; answers what was read and what was on the screen. */
async function typed(
  keys: readonly string[],
): Promise<{ readonly text: string | undefined; readonly screen: string }> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin });
  const io = testIo({ terminal: true });
  const write = io.stderr.write.bind(io.stderr);
  let asked = false;
  io.stderr.write = ((piece: string) => {
    const done = write(piece);
    if (!asked && io.errors().includes("Key")) {
      asked = true;
      setImmediate(() => {
        for (const key of keys) stdin.write(key);
      });
    }
    return done;
  }) as typeof io.stderr.write;
  const text = await readSecretText({ ...io, stdin }, "Key");
  expect(io.out()).toBe("");
  return { text, screen: io.errors() };
}

describe("readSecretText", () => {
  test("reads what is piped in, without the white space around it", async () => {
    expect(await readSecretText(testIo({ stdin: "  secret\r\n" }), "Key")).toBe("secret");
    expect(await readSecretText(testIo(), "Key")).toBe("");
  });

  test("puts pieces together and stops where it is far too long", async () => {
    const pieces = (function* () {
      for (;;) yield "x".repeat(10_000);
    })();
    const text = await readSecretText({ ...testIo(), stdin: Readable.from(pieces) }, "Key");
    expect(text).toBe("x".repeat(70_000));
  });

  test("asks at a terminal and does not show what is typed", async () => {
    const { text, screen } = await typed(["secret", "\r"]);
    expect(text).toBe("secret");
    expect(screen).not.toContain("secret");
  });

  test("has nothing when the prompt is left", async () => {
    expect((await typed(["\u0003"])).text).toBeUndefined();
  });
});
