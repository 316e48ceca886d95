import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { answerToolName } from "../../src/dialects/answer-tool.ts";
import type { CallerDialect, ChatDialect } from "../../src/dialects/dialect.ts";
import type { JsonObject } from "../../src/kernel/json.ts";
import { parseExactJson, tryParseKeeping } from "../../src/kernel/json-exact.ts";
import { parseBody } from "../../src/runtime/exchange/translation.ts";
import { spelledNumbers, spelledObjects } from "../support/spelled-json.ts";
import { streamBytes, wholeText } from "./support/exact-answers.ts";
import { type FreeJson, requestText } from "./support/exact-requests.ts";
import { callers, contextOf, decodePieces, encodeEvents, vendors } from "./support/translate.ts";
import { traitsOf } from "./support/vendor-answers.ts";

/** What is a text on the wire has its JSON inside quotes. */
const TEXT_ARGUMENTS: readonly string[] = ["openai-chat", "openai-responses", "cohere-chat"];

function argumentsIn(dialect: string, args: string): string {
  return TEXT_ARGUMENTS.includes(dialect) ? JSON.stringify(args) : args;
}

function askedOf(caller: CallerDialect, vendor: ChatDialect, free: FreeJson): string {
  const bytes = Buffer.from(requestText(caller.name, free));
  const body = parseBody(bytes, caller.ingress.exactMembers);
  const { request } = caller.ingress.parseRequest({ body, model: "fast" });
  const { body: told } = vendor.egress.renderRequest(request, traitsOf(vendor.name));
  return JSON.stringify(told);
}

/** A whole answer of a vendor's as its caller gets it. */
function wholeTold(caller: CallerDialect, vendor: ChatDialect, args: string): string {
  const body = tryParseKeeping(wholeText(vendor.name, args), vendor.egress.exactMembers) as JsonObject;
  const response = vendor.egress.parseResponse(body, traitsOf(vendor.name));
  if (response === undefined) throw new Error("it is not understood");
  return JSON.stringify(caller.ingress.renderResponse(response, contextOf()));
}

/** Pieces of arguments in a stream that is told to a caller, put together again. */
function streamedArguments(caller: CallerDialect, vendor: ChatDialect, args: string): string {
  const answer = { dialect: vendor.name, traits: traitsOf(vendor.name) };
  const text = encodeEvents(caller.name, decodePieces(answer, [streamBytes(vendor.name, args)]));
  if (caller.name === "gemini") {
    const [, found = ""] = /"args":(.*?)\},"thoughtSignature"/s.exec(text) ?? [];
    return found;
  }
  const name = caller.name === "anthropic-messages" ? "partial_json" : "arguments";
  const member = caller.name === "openai-responses" ? "delta" : name;
  const pieces = text.matchAll(new RegExp(`"${member}":("(?:[^"\\\\]|\\\\.)*")`, "g"));
  // Nothing at all is how some say that there are no arguments.
  return [...pieces].map(([, piece = '""']) => JSON.parse(piece) as string).join("") || "{}";
}

const pairs = callers.flatMap((caller) =>
  vendors.map((vendor) => [caller.name, vendor.name, caller, vendor] as const),
);

const EXACT: FreeJson = {
  args: '{"id":12345678901234567890,"price":1.0,"far":1e400,"zero":-0,"e":[1E2,{"x":0.10}],"plain":[1,2.5]}',
  result: '{"rows":[12345678901234567890,1.0,-0,1E2]}',
  inSchema: "12345678901234567890",
};

describe.each(pairs)("a caller of %s and a vendor of %s", (_caller, _vendor, caller, vendor) => {
  test("have the numbers of the history and of schemas as they were written", () => {
    const body = askedOf(caller, vendor, EXACT);
    expect(body).toContain(argumentsIn(vendor.name, EXACT.args));
    expect(body).toContain(vendor.name === "gemini" ? EXACT.result : JSON.stringify(EXACT.result));
    expect(body).toContain('"default":12345678901234567890');
  });

  test("have the numbers of a call as the model has written them", () => {
    expect(wholeTold(caller, vendor, EXACT.args)).toContain(argumentsIn(caller.name, EXACT.args));
    expect(streamedArguments(caller, vendor, EXACT.args)).toBe(EXACT.args);
  });

  test("have all JSON of tools as it was written, whatever it is", () => {
    fc.assert(
      fc.property(spelledObjects, spelledObjects, spelledNumbers, (args, result, inSchema) => {
        const body = askedOf(caller, vendor, { args, result, inSchema });
        expect(body).toContain(argumentsIn(vendor.name, args));
        expect(body).toContain(`"default":${inSchema}`);
        // Gemini's own words for a result that is a text, or that is told to be a mistake, are another matter.
        const isPlain = !/^\{("error"|"output"):/.test(result);
        if (isPlain) expect(body).toContain(vendor.name === "gemini" ? result : JSON.stringify(result));
        expect(wholeTold(caller, vendor, args)).toContain(argumentsIn(caller.name, args));
        expect(streamedArguments(caller, vendor, args)).toBe(args);
      }),
      { numRuns: 60 },
    );
  });
});

test.each(["anthropic-messages", "bedrock-converse", "gemini"] as const)(
  "a structured answer that %s gives as an object keeps its numbers",
  (name) => {
    const text = wholeText(name, EXACT.args).replace('"look"', `"${answerToolName}"`);
    const egress = vendors.find((vendor) => vendor.name === name)?.egress;
    const response = egress?.parseResponse(
      tryParseKeeping(text, egress?.exactMembers) as JsonObject,
      traitsOf(name),
    );
    expect(response?.choices[0]?.content).toEqual([{ type: "text", isAnswer: true, text: EXACT.args }]);
  },
);

test("all other numbers of a request are plain ones", () => {
  for (const caller of callers) {
    const text = requestText(caller.name, EXACT).replace(/^\{/, '{"temperature":1.0,"top_p":1E0,');
    const body = parseBody(Buffer.from(text), caller.ingress.exactMembers);
    expect(body["temperature"]).toBe(1);
    expect(body["top_p"]).toBe(1);
  }
});

test("arguments of a function that Gemini streams in pieces keep their numbers", () => {
  const chunk = (call: string, end = ""): string =>
    `data: {"candidates":[{"content":{"parts":[{"functionCall":${call}}]}${end}}]}\n\n`;
  const bytes = Buffer.from(
    chunk('{"name":"look","willContinue":true}') +
      chunk('{"partialArgs":[{"jsonPath":"$.id","numberValue":12345678901234567890}],"willContinue":true}') +
      chunk('{"partialArgs":[{"jsonPath":"$.list[0]","numberValue":1.0}],"willContinue":true}') +
      chunk("{}", ',"finishReason":"STOP"'),
  );
  const events = decodePieces({ dialect: "gemini", traits: traitsOf("gemini") }, [bytes]);
  const args = events.map((event) => (event.type === "delta" ? event.text : "")).join("");
  expect(args).toBe('{"id":12345678901234567890,"list":[1.0]}');
  expect(JSON.stringify(parseExactJson(args))).toBe(args);
});
