import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { StreamEvent } from "../../src/canonical/stream-event.ts";
import { callerDialects, chatDialects } from "../../src/dialects/registry.ts";
import { LatchkeyError } from "../../src/kernel/error.ts";
import { isJsonObject, type Json, type JsonObject, tryParseJson } from "../../src/kernel/json.ts";
import { anyConversation } from "../support/any-conversation.ts";
import { checkStream, checkWhole, looksComplete } from "./support/caller-shapes.ts";
import { byteChanges, changeBytes, changeValue, valueChanges } from "./support/mutated.ts";
import { nextTurn } from "./support/next-turn.ts";
import { callers, contextOf, decodePieces, encodeEvents, parseWhole, vendors } from "./support/translate.ts";
import { sampledAnswers, traitsOf, type VendorAnswer } from "./support/vendor-answers.ts";

const samples = sampledAnswers();
const wholes = samples.filter(({ form }) => form === "whole");
const streams = samples.filter(({ form }) => form === "stream");

/**
 * Every caller gets a stream that is whole where the vendor's was, and else none that looks so. What only the vendor
 * knows goes on to callers of its own dialect as it came, damaged or not.
 */
function tell({ dialect }: Pick<VendorAnswer, "dialect">, events: readonly StreamEvent[]): void {
  const last = events.findLast(({ type }) => type !== "ping")?.type;
  const isEnded = last === "end";
  if (last === "error") expect(events.filter(({ type }) => type === "end")).toEqual([]);
  for (const { name } of callers) {
    const text = encodeEvents(name, events);
    if (name !== dialect) checkStream(name, text, isEnded);
    else if (!isEnded) expect(looksComplete(name, text)).toBe(false);
  }
}

const named = vendors.map(({ name }) => [name] as const);

describe("an answer", () => {
  test.each(named)("of random bytes as a stream of %s never passes", (dialect) => {
    const answer = { dialect, traits: traitsOf(dialect) };
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.json().map((text) => Buffer.from(`data: ${text}\n\n`)),
      fc.json().map((text) => Buffer.from(`${text}\n`)),
    );
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 4 }), (pieces) => {
        const events = decodePieces(answer, pieces);
        expect(events.some(({ type }) => type === "end")).toBe(false);
        tell(answer, events);
      }),
      { numRuns: 60 },
    );
  });

  test.each(named)("that is damaged on its way from %s ends or fails", (dialect) => {
    const own = streams.filter((one) => one.dialect === dialect);
    fc.assert(
      fc.property(
        fc.constantFrom(...own),
        byteChanges,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (answer, changes, at) => {
          const bytes = changeBytes(answer.body, changes);
          const cut = Math.floor(at * bytes.length);
          tell(answer, decodePieces(answer, [bytes.subarray(0, cut), bytes.subarray(cut)]));
          tell(answer, decodePieces(answer, [bytes.subarray(0, cut)]));
        },
      ),
      { numRuns: 120 },
    );
  });

  test.each(named)("with other values in it, whole from %s, is told or none", (dialect) => {
    const own = wholes.filter((one) => one.dialect === dialect);
    fc.assert(
      fc.property(fc.constantFrom(...own), valueChanges, (answer, changes) => {
        const body = changeValue(JSON.parse(Buffer.from(answer.body).toString()), changes) as JsonObject;
        const response = chatDialects[dialect]?.egress.parseResponse(body, answer.traits);
        if (response === undefined) return;
        expect(response.choices.length).toBeGreaterThan(0);
        for (const { name, ingress } of callers) {
          const told = ingress.renderResponse(response, contextOf());
          if (name !== dialect) checkWhole(name, told);
        }
      }),
      { numRuns: 150 },
    );
  });

  test.each(named)("with other values in it, as a stream of %s, ends or fails", (dialect) => {
    const own = streams.filter((one) => one.dialect === dialect && dialect !== "bedrock-converse");
    if (own.length === 0) return;
    fc.assert(
      fc.property(fc.constantFrom(...own), valueChanges, fc.nat(), (answer, changes, at) => {
        const lines = Buffer.from(answer.body).toString().split("\n");
        const places = lines.flatMap((line, index) => (line.includes("{") ? [index] : []));
        const place = places[at % places.length] ?? 0;
        const [, head = "", json = ""] = /^([^{]*)(.*?)\r?$/.exec(lines[place] ?? "") ?? [];
        const value = tryParseJson(json);
        if (isJsonObject(value)) lines[place] = head + JSON.stringify(changeValue(value as Json, changes));
        tell(answer, decodePieces(answer, [Buffer.from(lines.join("\n"))]));
      }),
      { numRuns: 150 },
    );
  });
});

/** Streams that say more than once that they could end. */
const ENDS_ANYWHERE = ["gemini/stop-in-every-chunk.sse", "openai-chat/vendors/error-after-finish.sse"];

test.each(
  streams
    .filter(({ name }) => !ENDS_ANYWHERE.includes(name))
    .map((one): [string, VendorAnswer] => [one.name, one]),
)("%s, cut anywhere, is whole only where nothing of it is missing", (_name, answer) => {
  const said = (events: readonly StreamEvent[]): string =>
    JSON.stringify(
      events.filter(({ type }) => !["start", "usage", "ping", "citation", "logprobs"].includes(type)),
    ).replaceAll(/[0-9a-f]{32}/g, "ID");
  const whole = decodePieces(answer, [answer.body]);
  for (let cut = 0; cut < answer.body.length; cut++) {
    const events = decodePieces(answer, [answer.body.subarray(0, cut)]);
    if (events.at(-1)?.type === "end") expect(said(events)).toBe(said(whole));
    if (cut % 16 === 0) tell(answer, events);
  }
});

describe("a request", () => {
  const bodies = callers.map(({ name, ingress }) => {
    const turns = wholes.map((answer) =>
      nextTurn(name, ingress.renderResponse(parseWhole(answer), contextOf())),
    );
    return [name, turns] as const;
  });

  test.each(bodies)("of %s, whatever is in it, is understood or refused by name", (name, turns) => {
    const body = fc.oneof(
      fc.object({ maxDepth: 4 }),
      fc.tuple(fc.constantFrom(...turns), valueChanges).map(([turn, changes]) => changeValue(turn, changes)),
      anyConversation
        .map((request) => {
          const { egress } = callerDialects[name];
          return JSON.parse(JSON.stringify(egress.renderRequest(request, traitsOf(name)).body));
        })
        .chain((rendered) => valueChanges.map((changes) => changeValue(rendered, changes))),
    );
    fc.assert(
      fc.property(body, (value) => {
        try {
          const { request } = callerDialects[name].ingress.parseRequest({
            body: value as JsonObject,
            model: "m",
            stream: false,
          });
          for (const { egress, name: vendor } of vendors) egress.renderRequest(request, traitsOf(vendor));
        } catch (error) {
          if (!(error instanceof LatchkeyError)) throw error;
          expect(error.code).toStartWith("LK-2");
        }
      }),
      { numRuns: 300 },
    );
  });

  test("nested without end is refused", () => {
    let deep: Json = "x";
    for (let level = 0; level < 5_000; level++) deep = { content: [deep], parts: [deep] };
    for (const [name] of bodies) {
      const body = { model: "m", messages: [deep], input: [deep], contents: [deep], tools: [deep] };
      expect(() => callerDialects[name].ingress.parseRequest({ body, model: "m", stream: false })).toThrow(
        LatchkeyError,
      );
    }
  });
});
