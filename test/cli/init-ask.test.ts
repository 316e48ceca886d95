import { expect, test } from "bun:test";
import { PassThrough } from "node:stream";
import { askChoices } from "../../src/cli/init-ask.ts";
import { testIo } from "./support/test-io.ts";

const ENTER = "\r";
const SPACE = " ";
const DOWN = "\u001b[B";
const CONTROL_C = "\u0003";

/** Answers each question as soon as it is asked. */
async function ask(answers: readonly (readonly [question: string, keys: readonly string[]])[]) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin });
  const io = testIo({ terminal: true });
  const waiting = [...answers];
  const write = io.stdout.write.bind(io.stdout);
  io.stdout.write = ((text: string) => {
    const done = write(text);
    const [next] = waiting;
    if (next !== undefined && io.out().includes(next[0])) {
      waiting.shift();
      setImmediate(() => {
        for (const key of next[1]) stdin.write(key);
      });
    }
    return done;
  }) as typeof io.stdout.write;
  return askChoices({ ...io, stdin }, "my-gateway");
}

test("takes what is suggested", async () => {
  expect(
    await ask([
      ["Name of the project", [ENTER]],
      ["Providers beside", [ENTER]],
      ["Add an example endpoint", [ENTER]],
    ]),
  ).toEqual({ name: "my-gateway", providers: ["openai"], endpoint: true });
});

test("takes what is chosen", async () => {
  expect(
    await ask([
      ["Name of the project", ["-2", ENTER]],
      ["Providers beside", [SPACE, DOWN, SPACE, ENTER]],
      ["Add an example endpoint", ["n"]],
    ]),
  ).toEqual({ name: "my-gateway-2", providers: ["openai-compatible"], endpoint: false });
});

test("ends when a question is left", async () => {
  expect(await ask([["Name of the project", [CONTROL_C]]])).toBeUndefined();
});
