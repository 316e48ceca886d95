import { describe, expect, test } from "bun:test";
import type { StreamEvent } from "../../../src/canonical/stream-event.ts";
import { cohereChat } from "../../../src/dialects/cohere-chat/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { type RecordedExchange, recordedExchanges } from "../../support/recorded-exchanges.ts";
import { ask, command, decode, words } from "./support.ts";

const { egress } = cohereChat;
const all = recordedExchanges("cohere.v2.chat");
const named = (list: readonly RecordedExchange[]) => list.map((each) => [each.name, each] as const);
const streams = all.filter(({ status, contentType }) => status === 200 && contentType.includes("event"));
const answers = all.filter(({ status, contentType }) => status === 200 && contentType.includes("json"));

interface Answer {
  readonly id: string;
  readonly message: {
    readonly content?: readonly { readonly text?: string; readonly thinking?: string }[];
    readonly tool_plan?: string;
    readonly tool_calls?: readonly {
      readonly id: string;
      readonly function: { readonly name: string; readonly arguments: string };
    }[];
    readonly citations?: readonly unknown[];
  };
  readonly finish_reason: string;
  readonly usage: { readonly tokens: JsonObject };
}

describe("recorded answers", () => {
  test.each(named(answers))("%s", (_name, { body }) => {
    const answer: Answer = JSON.parse(Buffer.from(body).toString());
    const response = egress.parseResponse(answer as never, command);
    const [choice] = response?.choices ?? [];
    const content = choice?.content ?? [];
    const { message } = answer;
    const ofType = (type: "text" | "reasoning") =>
      content.flatMap((part) => (part.type === type ? [part.text] : [])).join("");
    expect(response?.id).toBe(answer.id);
    expect(ofType("text")).toBe((message.content ?? []).map(({ text = "" }) => text).join(""));
    const thoughts = (message.content ?? []).map(({ thinking = "" }) => thinking).join("");
    expect(ofType("reasoning")).toBe((message.tool_plan ?? "") + thoughts);
    expect(
      content.flatMap((part) => (part.type === "tool-call" ? [[part.id, part.name, part.arguments]] : [])),
    ).toEqual(
      (message.tool_calls ?? []).map((call) => [call.id, call.function.name, call.function.arguments]),
    );
    expect(choice?.finishReason).not.toBe("other");
    expect(response?.usage?.output).toBe(answer.usage.tokens["output_tokens"] as number);
    for (const part of content) {
      if (part.type !== "text") continue;
      for (const { start, end, text } of part.citations ?? [])
        if (text !== undefined) expect(part.text.slice(start, end)).toBe(text);
    }
    // What the model has said goes back as it came.
    const { body: back, losses } = egress.renderRequest(
      ask({ messages: [{ role: "assistant", content }] }),
      command,
    );
    expect(losses).toEqual([]);
    const [turn] = back["messages"] as readonly JsonObject[];
    expect(turn).toEqual({ role: "assistant", ...(message as JsonObject) });
  });
});

describe("recorded streams", () => {
  test.each(named(streams))("%s", (_name, { body, lines }) => {
    const bytes = lines === undefined ? body : Buffer.from(lines.map((line) => `data: ${line}\n\n`).join(""));
    const sent = (
      lines ??
      Buffer.from(body)
        .toString()
        .match(/(?<=^data: )\{.*$/gm) ??
      []
    ).map(
      (line) => JSON.parse(line) as { readonly type: string; readonly delta?: { readonly message?: never } },
    );
    const pick = (path: readonly string[]): string =>
      sent
        .map(({ delta }) => {
          let value: unknown = delta?.message;
          for (const name of path) value = (value as Record<string, unknown> | undefined)?.[name];
          return typeof value === "string" ? value : "";
        })
        .join("");
    const events = decode(bytes);
    expect(words(events, "text")).toBe(pick(["content", "text"]));
    expect(words(events, "reasoning")).toBe(pick(["content", "thinking"]) + pick(["tool_plan"]));
    const calls = events.flatMap((event: StreamEvent) =>
      event.type === "part-start" && event.content.type === "tool-call" ? [event.content.id] : [],
    );
    expect(calls.join("")).toBe(pick(["tool_calls", "id"]));
    const citations = sent.filter(({ type }) => type === "citation-start").length;
    expect(events.filter(({ type }) => type === "citation").length >= citations).toBe(true);
    expect(events.at(-1)).toEqual({ type: "end" });
    expect(events.filter(({ type }) => type === "usage")).toHaveLength(1);
    const started = events.filter(({ type }) => type === "part-start").length;
    expect(events.filter(({ type }) => type === "part-end")).toHaveLength(started);
    const whole = JSON.stringify(events);
    for (let cut = 1; cut < bytes.length; cut += 1 + (bytes.length >> 8))
      expect(JSON.stringify(decode(bytes.subarray(0, cut), bytes.subarray(cut)))).toBe(whole);
  });
});

describe("recorded errors", () => {
  const errors = all.filter(({ status }) => status >= 400);
  test.each(named(errors))("%s", (_name, { status, body }) => {
    const { kind, message } = egress.parseError(status, body);
    expect(kind).toBe(status === 401 ? "authentication" : "context-length");
    expect(Buffer.from(body).toString()).toContain(message);
  });
});
