import { describe, expect, test } from "bun:test";
import type { ChatResponse } from "../../../src/canonical/chat-response.ts";
import { openaiResponses } from "../../../src/dialects/openai-responses/index.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../../src/kernel/json.ts";
import { type RecordedExchange, recordedExchanges } from "../../support/recorded-exchanges.ts";
import { answerOf } from "./support/answer-of.ts";
import { anyModel, ask, contextOf, decode, encode, wireEvents } from "./support/responses.ts";

const { egress, ingress, passthrough } = openaiResponses;

/** Some that were kept as lines hold the streams of several turns. */
function turnsOf(exchange: RecordedExchange): readonly RecordedExchange[] {
  const turns: string[][] = [];
  for (const line of exchange.lines ?? []) {
    if (line.includes('"response.created"')) turns.push([]);
    turns.at(-1)?.push(line);
  }
  if (turns.length < 2) return [exchange];
  return turns.map((lines, index) => ({ ...exchange, name: `${exchange.name}/${index}`, lines }));
}

const bytesOf = ({ body, lines }: RecordedExchange): Uint8Array =>
  lines === undefined ? body : Buffer.from(lines.map((line) => `data: ${line}\n\n`).join(""));
const isStream = ({ lines, contentType }: RecordedExchange): boolean =>
  lines !== undefined || contentType.includes("event-stream");
const jsonOf = ({ body }: RecordedExchange): unknown => tryParseJson(Buffer.from(body).toString());

const exchanges = recordedExchanges("responses").filter(({ url = "/responses" }) =>
  url.includes("/responses"),
);
const streams = exchanges.filter(isStream).flatMap(turnsOf);
const wholes = exchanges.filter((exchange) => {
  const answer = isStream(exchange) ? undefined : jsonOf(exchange);
  return isJsonObject(answer) && answer["object"] === "response";
});
const errors = exchanges.filter(({ status }) => status >= 400);
const named = (list: readonly RecordedExchange[]) =>
  list.map((exchange) => [exchange.name, exchange] as const);

const envelope = passthrough.readEnvelope(Buffer.from(`{"model":"m","stream":true}`), {});

/** What an answer says, without what each dialect and each way makes anew. */
const saidBy = (response: ChatResponse | undefined) => ({
  choices: response?.choices,
  usage: response?.usage,
});

/** Items of an output as their texts, calls and sealed thinking. */
function facts(output: readonly JsonObject[]) {
  const contents = (item: JsonObject) => (item["content"] ?? []) as readonly JsonObject[];
  return {
    text: output
      .flatMap((item) => (item["type"] === "message" ? contents(item).map(({ text }) => text) : []))
      .join(""),
    calls: output.flatMap((item) =>
      item["type"] === "function_call" ? [[item["call_id"], item["name"], item["arguments"]]] : [],
    ),
    sealed: output.flatMap(({ encrypted_content: sealed }) => (sealed ? [sealed] : [])),
    steps: output.filter(({ type }) => !["message", "reasoning", "function_call"].includes(String(type)))
      .length,
  };
}

describe("recorded answers", () => {
  test.each(named(wholes))("%s", (_name, exchange) => {
    const answer = jsonOf(exchange) as JsonObject;
    const output = answer["output"] as readonly JsonObject[];
    const response = egress.parseResponse(answer, anyModel);
    const [choice] = response?.choices ?? [];
    const content = choice?.content ?? [];
    const { text, calls, sealed, steps } = facts(output);
    expect(content.map((part) => (part.type === "text" ? part.text : "")).join("")).toBe(text);
    expect(
      content.flatMap((part) => (part.type === "tool-call" ? [[part.id, part.name, part.arguments]] : [])),
    ).toEqual(calls as never);
    expect(content.filter(({ type }) => type === "vendor" || type === "image")).toHaveLength(steps);
    expect(response?.usage?.input).toBe((answer["usage"] as JsonObject | null)?.["input_tokens"] as never);
    // Through a caller of this dialect, and back.
    const rendered = ingress.renderResponse(response as ChatResponse, contextOf());
    expect(facts(rendered["output"] as readonly JsonObject[])).toEqual({ text, calls, sealed, steps });
    if (choice?.finishReason !== "other")
      expect(saidBy(egress.parseResponse(rendered, anyModel))).toEqual(saidBy(response));
    // What the model has said goes back to the vendor as it came.
    const back = egress.renderRequest(ask({ messages: [{ role: "assistant", content }] }), anyModel);
    const returned = facts(back.body["input"] as readonly JsonObject[]);
    expect({ ...returned, sealed: sealed.filter((value) => returned.sealed.includes(value)) }).toEqual({
      text,
      calls,
      sealed,
      steps,
    });
    expect(passthrough.readAnswer(exchange.body)).toEqual({ ok: true, usage: response?.usage });
  });
});

describe("recorded streams", () => {
  test.each(named(streams))("%s", (_name, exchange) => {
    const bytes = bytesOf(exchange);
    const response = answerOf(decode([bytes]));
    const last = wireEvents(Buffer.from(bytes).toString().replaceAll("data: [DONE]", "")).findLast(
      ({ type }) => type === "response.completed",
    )?.["response"] as JsonObject;
    const { calls, text } = facts(last["output"] as readonly JsonObject[]);
    const content = response?.choices[0]?.content ?? [];
    expect(
      content.flatMap((part) => (part.type === "tool-call" ? [[part.id, part.name, part.arguments]] : [])),
    ).toEqual(calls as never);
    // Some were trimmed by those who keep them: then their deltas are not what the end says.
    if (exchange.lines === undefined)
      expect(content.map((part) => (part.type === "text" ? part.text : "")).join("")).toBe(text);
    expect(response?.usage?.output).toBe((last["usage"] as JsonObject)["output_tokens"] as never);
    const again = answerOf(decode([Buffer.from(encode(decode([bytes])))]));
    expect(saidBy(again)).toEqual(saidBy(response));
  });

  test.each(named(streams))("%s is the same wherever it is cut", (_name, exchange) => {
    const bytes = bytesOf(exchange);
    const expected = JSON.stringify(decode([bytes]));
    const step = Math.max(1, Math.floor(bytes.length / 40));
    for (let cut = 1; cut < bytes.length; cut += step)
      expect(JSON.stringify(decode([bytes.subarray(0, cut), bytes.subarray(cut)]))).toBe(expected);
  });

  test.each(named(streams))("%s passes as it is", (_name, exchange) => {
    const bytes = bytesOf(exchange);
    const tap = passthrough.createTap(envelope);
    const passed: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += 1_000)
      passed.push(tap.feed(bytes.subarray(at, at + 1_000)) ?? new Uint8Array());
    passed.push(tap.end() ?? new Uint8Array());
    expect(Buffer.concat(passed).equals(bytes)).toBe(true);
    expect(tap).toMatchObject({ complete: true, upstreamError: undefined });
    expect(tap.usage).toEqual(answerOf(decode([bytes]))?.usage);
  });
});

test.each(named(errors))("the recorded error %s has its words", (_name, { status, body }) => {
  const error = egress.parseError(status, body);
  expect(Buffer.from(body).toString()).toContain(JSON.stringify(error.message).slice(1, -1));
  expect(error.kind).not.toBe("server");
});
