import { describe, expect, test } from "bun:test";
import type { ChatResponse } from "../../src/canonical/chat-response.ts";
import type { CallerDialect } from "../../src/dialects/dialect.ts";
import { chatDialects } from "../../src/dialects/registry.ts";
import type { JsonObject } from "../../src/kernel/json.ts";
import { collect } from "../dialects/openai-chat/support/chat-case.ts";
import { checkError, checkStream, checkWhole } from "./support/caller-shapes.ts";
import { collectTold } from "./support/collect-told.ts";
import { expectedTold, expectedUsage } from "./support/expected-told.ts";
import { directTurn, nextTurn, sealsIn } from "./support/next-turn.ts";
import { readTold, readToldUsage } from "./support/told.ts";
import {
  callers,
  contextOf,
  decodePieces,
  encodeEvents,
  parseWhole,
  withoutMadeIds,
} from "./support/translate.ts";
import { recordedAnswers, sampledAnswers, type VendorAnswer } from "./support/vendor-answers.ts";

const answers = [...recordedAnswers(), ...sampledAnswers()];
const named = (list: readonly VendorAnswer[]) => list.map((answer) => [answer.name, answer] as const);
const wholes = answers.filter(({ form }) => form === "whole");
const streams = answers.filter(({ form }) => form === "stream");

/** A caller is told all that its dialect can say, and what it sends back reaches the vendor unharmed. */
function judge(answer: VendorAnswer, response: ChatResponse, caller: CallerDialect, told: JsonObject): void {
  const isOwn = caller.name === answer.dialect;
  const heard = readTold[caller.name](told);
  if (response.promptBlocked === undefined) {
    expect([caller.name, ...heard]).toEqual([caller.name, ...expectedTold(caller.name, response)]);
    const usage = expectedUsage(response);
    if (usage !== undefined) expect(readToldUsage(caller.name, told)).toEqual(usage);
  }
  if (heard.length === 0 || response.choices[0]?.content.length === 0) return;
  const vendor = chatDialects[answer.dialect];
  if (vendor === undefined) throw new Error("no vendor");
  const { request } = caller.ingress.parseRequest({
    body: nextTurn(caller.name, told),
    model: "fast",
    stream: false,
  });
  const direct = directTurn(
    response,
    // What only the vendor knows, and sound, have a place in few dialects; pictures in some.
    ({ type }) =>
      isOwn || (type !== "vendor" && type !== "spoken" && (type !== "image" || heard[0]?.images !== 0)),
  );
  const sent = vendor.egress.renderRequest({ ...request, tools: [] }, answer.traits);
  const expected = vendor.egress.renderRequest({ ...request, tools: [], messages: direct }, answer.traits);
  expect([caller.name, ...sealsIn(sent.body)]).toEqual([caller.name, ...sealsIn(expected.body)]);
}

describe("a whole answer", () => {
  test.each(named(wholes))("%s", (_name, answer) => {
    const response = parseWhole(answer);
    for (const caller of callers) {
      const told = caller.ingress.renderResponse(response, contextOf());
      checkWhole(caller.name, told);
      judge(answer, response, caller, told);
    }
  });
});

describe("a stream", () => {
  test.each(named(streams))("%s", async (_name, answer) => {
    const events = decodePieces(answer, [answer.body]);
    const last = events.at(-1)?.type;
    for (const caller of callers) {
      const text = encodeEvents(caller.name, events);
      checkStream(caller.name, text, last === "end");
      if (last !== "end") continue;
      // The official accumulator knows calls of functions only.
      if (caller.name === "openai-chat" && text.includes('"type":"custom"')) continue;
      judge(answer, collect(events), caller, await collectTold(caller.name, text));
    }
  });

  test("is the same for every caller, byte by byte", () => {
    const small = streams.filter(({ body }) => body.length < 8_000);
    for (const answer of small.filter((_one, index) => index % 4 === 0)) {
      const whole = decodePieces(answer, [answer.body]);
      const bytes = decodePieces(
        answer,
        [...answer.body].map((byte) => Uint8Array.of(byte)),
      );
      for (const { name } of callers)
        expect(withoutMadeIds(encodeEvents(name, bytes))).toBe(withoutMadeIds(encodeEvents(name, whole)));
    }
  });
});

describe("an error", () => {
  test.each(named(answers.filter(({ form }) => form === "error")))("%s", (_name, answer) => {
    const error = chatDialects[answer.dialect]?.egress.parseError(answer.status, answer.body);
    if (error === undefined) throw new Error("no vendor");
    for (const { name, ingress } of callers) {
      const told = ingress.renderError({ status: 502, code: "LK-3012", ...error });
      checkError(name, told);
      expect(JSON.stringify(told)).toContain(JSON.stringify(error.message).slice(1, -1));
    }
  });
});
