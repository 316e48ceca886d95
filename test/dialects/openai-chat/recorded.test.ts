import { describe, expect, test } from "bun:test";
import type { ChatChoice, ChatResponse } from "../../../src/canonical/chat-response.ts";
import type { ProviderProfile } from "../../../src/catalog/provider-profile.ts";
import { providerProfiles } from "../../../src/catalog/providers/index.ts";
import type { TargetTraits } from "../../../src/dialects/dialect.ts";
import { openaiChat } from "../../../src/dialects/openai-chat/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { type RecordedExchange, recordedExchanges } from "../../support/recorded-exchanges.ts";
import {
  answerContext,
  chunksOf,
  collect,
  decode,
  encode,
  membersOf,
  parse,
  textOf,
  withoutMadeIds,
} from "./support/chat-case.ts";

const PROFILES: Readonly<Record<string, keyof typeof providerProfiles>> = {
  azure: "azure-openai",
  compat: "openai-compatible",
  "compat-local": "openai-compatible",
  bedrock: "openai-compatible",
  gemini: "openai-compatible",
  ollama: "openai-compatible",
};

/** A target of the provider that was recorded, as its profile has it. */
function traitsOf({ provider }: RecordedExchange): TargetTraits {
  const type = PROFILES[provider] ?? (provider as keyof typeof providerProfiles);
  const { chat }: ProviderProfile = providerProfiles[type];
  const quirks = chat?.quirks;
  return { upstreamModel: "recorded-model", ...(quirks !== undefined && { quirks }) };
}

function bytesOf({ lines, body }: RecordedExchange): Uint8Array {
  return lines === undefined
    ? body
    : Buffer.from(`${lines.map((line) => `data: ${line}\n\n`).join("")}data: [DONE]\n\n`);
}

function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.map(membersOf) : [];
}

const all = recordedExchanges("chat.completions").map((exchange) => ({
  exchange,
  text: Buffer.from(bytesOf(exchange)).toString(),
}));
const isStream = ({ text }: (typeof all)[number]): boolean => /^data:|\ndata:/.test(text);
const isAnswer = ({ text }: (typeof all)[number]): boolean => {
  try {
    const value = JSON.parse(text) as JsonObject;
    return Array.isArray(value["choices"]);
  } catch {
    return false;
  }
};
const streams = all.filter(isStream);
const answers = all.filter((one) => !isStream(one) && isAnswer(one));

/** Text of a recorded message, thinking left out. */
function saidIn(message: JsonObject): string {
  const { content } = message;
  if (typeof content === "string") return content;
  return listOf(content)
    .map((part) => (typeof part["text"] === "string" ? part["text"] : ""))
    .join("");
}

function callsIn(message: JsonObject): readonly unknown[] {
  return listOf(message["tool_calls"]).map((call) => {
    const target = membersOf(call["function"]);
    return [target["name"], target["arguments"] === "" ? "{}" : target["arguments"]];
  });
}

function callsOf({ content }: ChatChoice): readonly unknown[] {
  return content.flatMap((part) => (part.type === "tool-call" ? [[part.name, part.arguments]] : []));
}

/** Text and thinking together, without the tags that may stand around the latter. */
function everythingSaid(content: ChatChoice["content"]): string {
  return (textOf(content, "reasoning") + textOf(content, "text")).replaceAll(/\s/g, "");
}

function sameForCallers(response: ChatResponse): void {
  const rendered = openaiChat.ingress.renderResponse(response, answerContext());
  const again = parse(rendered);
  expect(rendered["model"]).toBe("fast");
  for (const [index, choice] of response.choices.entries()) {
    const back = again.choices[index];
    if (back === undefined) throw new Error("a choice is missing");
    expect(textOf(back.content, "text")).toBe(textOf(choice.content, "text"));
    expect(textOf(back.content, "refusal")).toBe(textOf(choice.content, "refusal"));
    expect(back.content.filter(({ type }) => type === "tool-call")).toEqual(
      choice.content.filter(({ type }) => type === "tool-call"),
    );
    const sealed = ({ content }: ChatChoice) =>
      content.flatMap((part) =>
        part.type === "reasoning" && (part.signature ?? part.redacted) !== undefined ? [part] : [],
      );
    expect(sealed(back)).toEqual(sealed(choice));
    const sources = ({ content }: ChatChoice) =>
      content.flatMap((part) => (part.type === "text" ? (part.citations ?? []).map(({ url }) => url) : []));
    expect(sources(back)).toEqual(sources(choice));
    expect(back.logprobs).toEqual(choice.logprobs);
  }
  expect(again.usage).toEqual(response.usage);
}

describe("a recorded answer", () => {
  test.each(answers.map((one) => [one.exchange.name, one] as const))(
    "%s keeps all that it says",
    (_name, { exchange, text }) => {
      const answer = JSON.parse(text) as JsonObject;
      const response = parse(answer, traitsOf(exchange));
      for (const [index, recorded] of listOf(answer["choices"]).entries()) {
        const message = membersOf(recorded["message"]);
        const choice = response.choices[index];
        if (choice === undefined) throw new Error("a choice is missing");
        const said = saidIn(message).replaceAll(/<\/?think>|\s/g, "");
        expect(everythingSaid(choice.content)).toContain(said);
        expect(callsOf(choice)).toEqual(callsIn(message));
        const ids = listOf(message["tool_calls"]).map(({ id }) => id);
        expect(
          withoutMadeIds(choice.content.flatMap((part) => (part.type === "tool-call" ? [part.id] : []))),
        ).toEqual(ids.map((id) => (id === "" ? "call_ID" : id)) as string[]);
        for (const name of ["reasoning", "reasoning_content"]) {
          const thought = message[name];
          if (typeof thought === "string")
            expect(textOf(choice.content, "reasoning")).toContain(thought.slice(0, 200));
        }
      }
      const usage = membersOf(answer["usage"]);
      expect(response.usage?.input).toBe(usage["prompt_tokens"] as number);
      expect((response.usage?.input ?? 0) + (response.usage?.output ?? 0)).toBe(
        usage["total_tokens"] as number,
      );
      sameForCallers(response);
    },
  );
});

describe("a recorded stream", () => {
  test.each(streams.map((one) => [one.exchange.name, one] as const))(
    "%s keeps all that it says",
    (_name, { exchange, text }) => {
      const traits = traitsOf(exchange);
      const bytes = Buffer.from(text);
      const events = decode([bytes], traits);
      const chunks = chunksOf(text.replaceAll("\r\n", "\n").replaceAll("data:{", "data: {"));
      if (chunks.some((chunk) => chunk["error"] !== undefined)) {
        expect(events.at(-1)?.type).toBe("error");
        return;
      }
      expect(events.at(-1)).toEqual({ type: "end" });
      const response = collect(events);
      const [choice] = response.choices;
      if (choice === undefined) throw new Error("no choice");
      const deltas = chunks
        .flatMap((chunk) => listOf(chunk["choices"]))
        .map((one) => membersOf(one["delta"]));
      const said = deltas.map(saidIn).join("");
      expect(everythingSaid(choice.content)).toContain(said.replaceAll(/<\/?think>|\s/g, ""));
      const targets = deltas
        .flatMap((delta) => listOf(delta["tool_calls"]))
        .map((call) => membersOf(call["function"]));
      expect(callsOf(choice).map((call) => (call as readonly unknown[])[0])).toEqual(
        targets.flatMap(({ name }) => (typeof name === "string" && name !== "" ? [name] : [])),
      );
      expect(
        callsOf(choice)
          .map((call) => (call as readonly unknown[])[1])
          .join("")
          .replaceAll("{}", ""),
      ).toBe(
        targets
          .map((target) => target["arguments"] ?? "")
          .join("")
          .replaceAll("{}", ""),
      );
      const lastUsage = chunks
        .map((chunk) => chunk["usage"] ?? membersOf(chunk["x_groq"])["usage"])
        .findLast((usage) => usage !== null && usage !== undefined);
      expect(response.usage?.input).toBe(membersOf(lastUsage)["prompt_tokens"] as number);
      sameForCallers(response);
      const told = collect(decode([Buffer.from(encode(events, { streamUsage: true }))]));
      const [back] = told.choices;
      expect(textOf(back?.content ?? [], "text")).toBe(textOf(choice.content, "text"));
      expect(back?.content.filter(({ type }) => type === "tool-call")).toEqual(
        choice.content.filter(({ type }) => type === "tool-call"),
      );
      expect(back?.finishReason).toBe(choice.finishReason);
      expect(told.usage).toEqual(response.usage);
    },
  );

  test("means the same wherever it is cut", () => {
    for (const { exchange, text } of streams.filter(({ text: { length } }) => length < 60_000)) {
      const traits = traitsOf(exchange);
      const bytes = Buffer.from(text);
      const whole = withoutMadeIds(decode([bytes], traits));
      for (let cut = 1; cut < bytes.length; cut += 1 + (bytes.length >> 5)) {
        expect(withoutMadeIds(decode([bytes.subarray(0, cut), bytes.subarray(cut)], traits))).toEqual(whole);
      }
      const singly = Array.from(bytes.subarray(0, 4_000), (byte) => Uint8Array.of(byte));
      expect(withoutMadeIds(decode([...singly, bytes.subarray(4_000)], traits))).toEqual(whole);
    }
  });
});

describe("a recorded error", () => {
  const failures = all.filter((one) => one.exchange.status >= 400);
  test.each(failures.map((one) => [one.exchange.name, one] as const))(
    "%s is understood",
    (_name, { exchange, text }) => {
      const error = openaiChat.egress.parseError(exchange.status, Buffer.from(text));
      const kinds: Readonly<Record<number, readonly string[]>> = {
        400: ["invalid-request", "context-length", "content-policy"],
        401: ["authentication"],
        404: ["not-found"],
        429: ["rate-limit"],
      };
      expect(kinds[exchange.status]).toContain(error.kind);
      expect(text).toContain(JSON.stringify(error.message.split(": ")[0]).slice(1, -1).slice(0, 40));
      expect(/context.length|too long|maximum context/i.test(text)).toBe(error.kind === "context-length");
    },
  );
});

describe("a recorded request", () => {
  const requests = all.flatMap(({ exchange }) => {
    const body = membersOf(exchange.request);
    return exchange.status === 200 && Array.isArray(body["messages"]) ? [{ exchange, body }] : [];
  });
  test.each(requests.map((one) => [one.exchange.name, one] as const))(
    "%s is understood and told again",
    (_name, { exchange, body }) => {
      const { request } = openaiChat.ingress.parseRequest({ body });
      const rendered = openaiChat.egress.renderRequest(request, traitsOf(exchange));
      const back = listOf(rendered.body["messages"]).filter(
        ({ content }) => !JSON.stringify(content ?? "").includes("Attachments of the tool result"),
      );
      const sent = listOf(body["messages"]);
      expect(back).toHaveLength(sent.length);
      for (const [index, message] of sent.entries()) {
        const told = back[index] ?? {};
        expect(told["role"]).toBe(message["role"]);
        expect(saidIn(told).replaceAll("Error: ", "")).toContain(saidIn(message));
        expect(callsIn(told)).toEqual(callsIn(message));
        const ids = listOf(message["tool_calls"]).map(({ id }) => id);
        expect(listOf(told["tool_calls"]).map(({ id }) => id)).toEqual(ids);
        expect(told["tool_call_id"]).toEqual(message["tool_call_id"] as never);
      }
      const offered = listOf(body["tools"]).map((tool) => membersOf(tool["function"]));
      expect(listOf(rendered.body["tools"]).map((tool) => membersOf(tool["function"])["parameters"])).toEqual(
        offered.map(({ parameters }) => parameters),
      );
    },
  );
});
