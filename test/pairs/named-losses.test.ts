import { expect, test } from "bun:test";
import type { ChatDialectName } from "../../src/canonical/content.ts";
import type { CallerDialectName, TargetTraits } from "../../src/dialects/dialect.ts";
import { callerDialects, chatDialects } from "../../src/dialects/registry.ts";
import type { JsonObject } from "../../src/kernel/json.ts";
import type { JudgedLosses } from "../../src/runtime/exchange/judge-losses.ts";
import { Translation } from "../../src/runtime/exchange/translation.ts";
import { traitsOf } from "./support/vendor-answers.ts";

/** A target: its dialect, and the provider where it has departures of its own. */
type Target = readonly [dialect: ChatDialectName, provider?: string];

interface Told extends JudgedLosses {
  readonly body: JsonObject;
  readonly isEmulated: boolean;
}

const chat = { messages: [{ role: "user", content: "x" }] };
const claude = { ...chat, max_tokens: 3_000 };

/** What becomes of a caller's request. @throws LatchkeyError where it is refused */
function tell(
  caller: CallerDialectName,
  body: JsonObject,
  [name, provider]: Target,
  traits: Partial<TargetTraits> = {},
): Told {
  const read = () => ({ body: { model: "fast", ...body }, model: "fast" });
  const translation = new Translation(callerDialects[caller], read);
  const dialect = chatDialects[name];
  if (dialect === undefined) throw new Error(`${name} is not spoken`);
  const way = { dialect, traits: { ...traitsOf(name, provider), ...traits } };
  const { body: bytes, lost, change } = translation.render("p/m", way as never);
  return { body: JSON.parse(Buffer.from(bytes).toString()), ...lost, isEmulated: change !== undefined };
}

test("a limit that is too low for OpenAI's Responses API is the lowest that it takes, and named", () => {
  const told = tell("openai-chat", { ...chat, max_tokens: 5 }, ["openai-responses"]);
  expect(told).toMatchObject({ body: { max_output_tokens: 16 }, changed: ["max_tokens"] });
  const enough = tell("openai-chat", { ...chat, max_tokens: 16 }, ["openai-responses"]);
  expect(enough).toMatchObject({ body: { max_output_tokens: 16 }, changed: [] });
});

test("a limit beyond what Claude writes is named as changed", () => {
  const asked = { ...chat, max_completion_tokens: 1_000_000 };
  const told = tell("openai-chat", asked, ["anthropic-messages"], { maxOutputTokens: 64_000 });
  expect(told).toMatchObject({ body: { max_tokens: 64_000 }, changed: ["max_completion_tokens"] });
});

test.each<[Target, number, (body: JsonObject) => unknown]>([
  [["openai-chat"], 4, ({ stop }) => stop],
  [["openai-chat", "groq"], 4, ({ stop }) => stop],
  [["openai-chat", "deepseek"], 16, ({ stop }) => stop],
  [["gemini"], 5, ({ generationConfig }) => (generationConfig as JsonObject)["stopSequences"]],
  [["cohere-chat"], 5, ({ stop_sequences }) => stop_sequences],
])(
  "%j is told as many stop texts as it takes, and the gateway looks for the rest",
  (target, most, stopsIn) => {
    const stops = Array.from({ length: most + 1 }, (_, index) => `<${index}>`);
    const asked = (stop_sequences: string[]) =>
      tell("anthropic-messages", { ...claude, stop_sequences }, target);
    const more = asked(stops);
    expect([stopsIn(more.body), more.isEmulated, more.dropped]).toEqual([stops.slice(0, most), true, []]);
    const enough = asked(stops.slice(0, most));
    expect([stopsIn(enough.body), enough.isEmulated]).toEqual([stops.slice(0, most), false]);
  },
);

test.each<[Target]>([[["gemini"]], [["bedrock-converse"]], [["anthropic-messages"]]])(
  "instructions in the middle of a conversation that move to the beginning for %j are named",
  (target) => {
    const [user, assistant] = [
      { role: "user", content: "x" },
      { role: "assistant", content: "y" },
    ];
    const late = { role: "system", content: "Be brief." };
    const first = { role: "system", content: "Be kind." };
    const { changed } = tell("openai-chat", { messages: [first, user, assistant, user, late, user] }, target);
    expect(changed).toEqual(["messages[4]"]);
    expect(tell("openai-chat", { messages: [first, late, user] }, target).changed).toEqual([]);
  },
);

test.each<[Target]>([[["openai-chat", "groq"]], [["openai-chat", "openai-compatible"]], [["ollama-chat"]]])(
  "a number of tokens for thinking that %j is not told is named",
  (target) => {
    const asked = (thinking: JsonObject) =>
      tell("anthropic-messages", { ...claude, thinking }, target).changed;
    expect(asked({ type: "enabled", budget_tokens: 2_000 })).toEqual(["thinking"]);
    expect(asked({ type: "disabled" })).toEqual([]);
  },
);

test("a number of tokens for thinking that is told is no change", () => {
  const thinking = { type: "enabled", budget_tokens: 2_000 };
  const { body, changed } = tell("anthropic-messages", { ...claude, thinking }, ["openai-chat", "alibaba"]);
  expect([body["thinking_budget"], changed]).toEqual([2_000, []]);
});
