import { expect, test } from "bun:test";
import type { Message } from "../../../src/canonical/message.ts";
import { anthropicMessages } from "../../../src/dialects/anthropic-messages/index.ts";
import type { Json } from "../../../src/kernel/json.ts";

const user = (...texts: readonly string[]): Message => ({
  role: "user",
  content: texts.map((text) => ({ type: "text", text })),
});
const model = (text: string): Message => ({ role: "assistant", content: [{ type: "text", text }] });
const system: Message = { role: "system", content: [{ type: "text", text: "Be brief" }] };
const block = (text: string) => ({ type: "text", text });
const SILENCE = block("(The user says nothing.)");
const OPENING = block("(The conversation begins.)");

const told = (role: string, ...content: readonly Json[]) => ({ role, content });

test.each<readonly [string, readonly Message[], readonly Json[], readonly string[]]>([
  ["alone", [user(" \n")], [told("user", SILENCE)], ["messages[0]"]],
  ["without anything", [user()], [told("user", SILENCE)], ["messages[0]"]],
  ["after instructions", [system, user(" ")], [told("user", SILENCE)], ["messages[1]"]],
  [
    "after the model's words, which are not to be gone on from",
    [user("Hi"), model("Hello"), user("\t")],
    [told("user", block("Hi")), told("assistant", block("Hello")), told("user", SILENCE)],
    ["messages[2]"],
  ],
  [
    "between the model's words",
    [user("Hi"), model("One"), user(" "), model("Two"), user("Go on")],
    [
      told("user", block("Hi")),
      told("assistant", block("One")),
      told("user", SILENCE),
      told("assistant", block("Two")),
      told("user", block("Go on")),
    ],
    ["messages[2]"],
  ],
  ["before other words of the user's", [user(" "), user("Hi")], [told("user", block("Hi"))], ["messages[0]"]],
  ["after other words of the user's", [user("Hi"), user(" ")], [told("user", block("Hi"))], ["messages[1]"]],
])(
  "a message of white space %s is named, and the conversation stays whole",
  (_title, messages, turns, lost) => {
    const request = { model: "fast", stream: false, messages };
    const { body, losses } = anthropicMessages.egress.renderRequest(request, {
      upstreamModel: "claude-opus-4",
    });
    expect(body["messages"]).toEqual([...turns]);
    expect(losses.map(({ path, isHarmless }) => [path, isHarmless])).toEqual(
      lost.map((path) => [path, true]),
    );
  },
);

test("white space beside words is left out without a word", () => {
  const request = { model: "fast", stream: false, messages: [user("Hi", " ", "you")] };
  const { body, losses } = anthropicMessages.egress.renderRequest(request, {
    upstreamModel: "claude-opus-4",
  });
  expect(body["messages"]).toEqual([told("user", block("Hi"), block("you"))]);
  expect(losses).toEqual([]);
});

test("a conversation without any words has something to answer", () => {
  const request = { model: "fast", stream: false, messages: [model(" ")] };
  const { body } = anthropicMessages.egress.renderRequest(request, { upstreamModel: "claude-opus-4" });
  expect(body["messages"]).toEqual([told("user", OPENING)]);
});
