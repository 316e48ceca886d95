import { describe, expect, test } from "bun:test";
import type { CallerDialect } from "../../src/dialects/dialect.ts";
import type { JsonObject } from "../../src/kernel/json.ts";
import { collectTold } from "./support/collect-told.ts";
import { streamBytes, wholeText } from "./support/exact-answers.ts";
import { requestText } from "./support/exact-requests.ts";
import { callers, contextOf, decodePieces, encodeEvents, vendors } from "./support/translate.ts";
import { traitsOf } from "./support/vendor-answers.ts";

/** What a model may write that is no object. */
const WORDS = ['{"city": "Be', "look here", '["a"]', "12345678901234567890"] as const;
const vendor = "openai-chat";
const traits = traitsOf(vendor);

function callerOf(name: CallerDialect["name"]): CallerDialect {
  const found = callers.find((caller) => caller.name === name);
  if (found === undefined) throw new Error(`${name} is not spoken`);
  return found;
}

function readWhole(words: string, reason = "tool_calls") {
  const text = wholeText(vendor, words).replace(
    '"finish_reason":"tool_calls"',
    `"finish_reason":"${reason}"`,
  );
  const response = vendors
    .find(({ name }) => name === vendor)
    ?.egress.parseResponse(JSON.parse(text) as JsonObject, traits);
  if (response === undefined) throw new Error("it is not understood");
  return response;
}

describe.each(WORDS)("arguments that are %s", (words) => {
  test.each(["openai-chat", "openai-responses"] as const)(
    "are told to a caller of %s as they are",
    async (name) => {
      const { ingress } = callerOf(name);
      expect(ingress.cannotTell?.(readWhole(words))).toBeUndefined();
      const told = JSON.stringify(ingress.renderResponse(readWhole(words), contextOf()));
      expect(told).toContain(`"arguments":${JSON.stringify(words)}`);
      const events = decodePieces({ dialect: vendor, traits }, [streamBytes(vendor, words)]);
      const streamed = await collectTold(name, encodeEvents(name, events));
      expect(JSON.stringify(streamed)).toContain(`"arguments":${JSON.stringify(words)}`);
    },
  );

  test("keep a whole answer from a caller of Messages, unless it was cut", () => {
    const { ingress } = callerOf("anthropic-messages");
    for (const reason of ["tool_calls", "stop", "some_new_reason"])
      expect(ingress.cannotTell?.(readWhole(words, reason))).toMatch(/no JSON object/);
    const cut = readWhole(words, "length");
    expect(ingress.cannotTell?.(cut)).toBeUndefined();
    expect(ingress.renderResponse(cut, contextOf())).toMatchObject({
      content: [],
      stop_reason: "max_tokens",
    });
  });

  test("are told to a caller of Messages as they come in a stream", () => {
    const events = decodePieces({ dialect: vendor, traits }, [streamBytes(vendor, words)]);
    const text = encodeEvents("anthropic-messages", events);
    expect(text).toContain(`"partial_json":${JSON.stringify(words)}`);
  });

  test("are no call to a caller of Gemini, which is told so", async () => {
    const { ingress } = callerOf("gemini");
    expect(ingress.cannotTell?.(readWhole(words))).toBeUndefined();
    const events = decodePieces({ dialect: vendor, traits }, [streamBytes(vendor, words)]);
    const whole = ingress.renderResponse(readWhole(words), contextOf());
    const streamed = await collectTold("gemini", encodeEvents("gemini", events));
    for (const told of [whole, streamed]) {
      expect(told["candidates"]).toMatchObject([{ finishReason: "MALFORMED_FUNCTION_CALL" }]);
      expect(JSON.stringify(told)).not.toContain("functionCall");
    }
    expect(ingress.renderResponse(readWhole(words, "length"), contextOf())["candidates"]).toMatchObject([
      { finishReason: "MAX_TOKENS" },
    ]);
  });

  test.each(["anthropic-messages", "gemini", "bedrock-converse", "ollama-chat"])(
    "are shown to %s under a name of their own when they come back",
    (name) => {
      const body = JSON.parse(requestText("openai-chat", { args: words, result: "{}", inSchema: "1" }));
      const { request } = callerOf("openai-chat").ingress.parseRequest({ body });
      const egress = vendors.find((one) => one.name === name)?.egress;
      const told = JSON.stringify(egress?.renderRequest(request, { upstreamModel: "m" }).body);
      expect(told).toContain(`{"INVALID_JSON":${JSON.stringify(words)}}`);
    },
  );
});

test("the official client of Messages fails at arguments in a stream that are none", async () => {
  const events = decodePieces({ dialect: vendor, traits }, [streamBytes(vendor, "look here")]);
  await expect(collectTold("anthropic-messages", encodeEvents("anthropic-messages", events))).rejects.toThrow(
    /JSON/,
  );
});
