import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { gemini } from "../../../src/dialects/gemini/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";

const { egress, ingress } = gemini;

const text = fc.string({ minLength: 1, unit: "grapheme" });
const name = fc.stringMatching(/^[a-z]{1,8}$/);
const data = fc.base64String({ minLength: 4, maxLength: 12 }).filter((value) => value !== "");
const seal = data.filter((value) => !value.startsWith("bGF0Y2hrZXk6"));
const object = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }) as fc.Arbitrary<JsonObject>;
const media = fc.oneof(
  fc.record({ inlineData: fc.record({ mimeType: fc.constantFrom("image/png", "application/pdf"), data }) }),
  fc.constantFrom(
    { fileData: { mimeType: "image/png", fileUri: "https://x.example/a" } },
    { fileData: { mimeType: "video/mp4", fileUri: "gs://bucket/film" } },
  ),
);
const userPart = fc.oneof(
  fc.record({ text }),
  media,
  fc.record({ inlineData: fc.record({ mimeType: fc.constantFrom("audio/wav", "audio/mpeg"), data }) }),
);
const sealed = { requiredKeys: ["text"] } as { requiredKeys: ["text"] };
const saidPart = fc.oneof(
  fc.record({ text, thoughtSignature: seal }, sealed),
  fc.record({ text, thought: fc.constant(true), thoughtSignature: seal }),
  fc.record({ text: fc.constant(""), thoughtSignature: seal }),
  fc.record({ inlineData: fc.record({ mimeType: fc.constant("image/png"), data }), thoughtSignature: seal }),
  fc.constant({ executableCode: { language: "PYTHON", code: "print(1)" } }),
);
const call = fc.record({
  functionCall: fc.record({ name, args: object }),
  thoughtSignature: seal,
});

interface Call {
  readonly call: { readonly functionCall: { readonly name: string }; readonly thoughtSignature: string };
  readonly response: JsonObject;
  readonly picture: object | null;
}

/** A turn of the model's, and the results of its calls. */
interface ModelTurn {
  readonly said: readonly object[];
  readonly calls: readonly Call[];
}

const modelTurn: fc.Arbitrary<ModelTurn> = fc.record({
  said: fc.array(saidPart, { maxLength: 4 }),
  calls: fc.array(fc.record({ call, response: object, picture: fc.option(media) }), { maxLength: 3 }),
});

interface Settings {
  /** Whether ids of calls are known and pictures stand inside results. */
  readonly isNew: boolean;
}

/** Parts that a client keeps of one answer: words that follow each other are one. */
function unjoined(parts: readonly JsonObject[]): readonly JsonObject[] {
  const isOpen = (part: JsonObject | undefined): boolean =>
    part?.["text"] !== undefined && part["thoughtSignature"] === undefined;
  return parts.filter((part, index) => !(isOpen(part) && isOpen(parts[index - 1])));
}

function contentsOf(turns: readonly ModelTurn[], { isNew }: Settings): JsonObject[] {
  return turns.flatMap(({ said, calls }, turn): JsonObject[] => {
    const id = (index: number) => (isNew && index % 2 === 0 ? { id: `id-${turn}-${index}` } : {});
    const called = calls.map(({ call: made }, index) => ({
      ...made,
      functionCall: { ...made.functionCall, ...id(index) },
    }));
    const parts = unjoined([...said, ...called] as unknown as readonly JsonObject[]);
    const results = calls.map(({ call: made, response, picture }, index) => ({
      functionResponse: {
        name: made.functionCall.name,
        response,
        ...id(index),
        ...(isNew && picture !== null && { parts: [picture] }),
      },
    }));
    return [
      ...(parts.length > 0 ? [{ role: "model", parts }] : []),
      ...(results.length > 0 ? [{ role: "user", parts: results }] : []),
      ...(parts.length > 0 && results.length === 0 ? [{ role: "user", parts: [{ text: "Go on." }] }] : []),
    ] as JsonObject[];
  });
}

const count = fc.integer({ min: 1, max: 20 });
const config = fc.record(
  {
    maxOutputTokens: count,
    temperature: fc.constantFrom(0, 0.5, 2),
    topP: fc.constant(0.9),
    topK: count,
    seed: fc.integer(),
    stopSequences: fc.array(fc.string(), { minLength: 1, maxLength: 5 }),
    candidateCount: count,
    frequencyPenalty: fc.constant(0.1),
    presencePenalty: fc.constant(-0.1),
    responseModalities: fc.subarray(["TEXT", "IMAGE", "AUDIO"], { minLength: 1 }),
    speechConfig: fc.record({
      voiceConfig: fc.record({ prebuiltVoiceConfig: fc.record({ voiceName: name }) }),
    }),
  },
  { requiredKeys: [] },
);
const logprobs = fc.constantFrom({}, { responseLogprobs: true }, { responseLogprobs: true, logprobs: 5 });
const declaration = fc.record(
  { name, description: text, parametersJsonSchema: object },
  { requiredKeys: ["name"] },
);
const choice = fc.constantFrom(
  undefined,
  { mode: "AUTO" },
  { mode: "ANY" },
  { mode: "NONE" },
  { mode: "VALIDATED" },
  { mode: "ANY", allowedFunctionNames: ["a"] },
  { mode: "ANY", allowedFunctionNames: ["a", "b"] },
);
const rest = fc.record(
  {
    systemInstruction: fc.record({ parts: fc.array(fc.record({ text }), { minLength: 1 }) }),
    safetySettings: fc.array(fc.record({ category: name, threshold: name }), { minLength: 1 }),
    serviceTier: fc.constantFrom("standard", "flex", "priority"),
    store: fc.constant(false),
  },
  { requiredKeys: [] },
);
const levels = fc.constantFrom(
  {},
  { thinkingConfig: { thinkingLevel: "LOW" } },
  { thinkingConfig: { thinkingLevel: "MINIMAL", includeThoughts: true } },
  { thinkingConfig: { thinkingBudget: 5_000, includeThoughts: false } },
);
const budgets = fc.constantFrom(
  {},
  { thinkingConfig: { thinkingBudget: 0 } },
  { thinkingConfig: { thinkingBudget: -1, includeThoughts: true } },
  { thinkingConfig: { thinkingBudget: 1_000 } },
);
const format = fc.oneof(
  fc.constantFrom({}, { responseMimeType: "application/json" }),
  fc.record({ responseMimeType: fc.constant("application/json"), responseJsonSchema: object }),
);

describe("a request in the documented words", () => {
  test.each([
    ["gemini-3-flash-preview", true],
    ["gemini-2.5-flash", false],
  ] as const)("for %s is the same after it was understood", (upstreamModel, isNew) => {
    fc.assert(
      fc.property(
        fc.array(userPart, { minLength: 1, maxLength: 3 }),
        fc.array(modelTurn, { maxLength: 3 }),
        fc.tuple(config, logprobs, isNew ? levels : budgets, isNew ? format : fc.constant({})),
        fc.array(declaration, { maxLength: 3 }),
        choice,
        rest,
        (parts, turns, settings, declarations, functionCallingConfig, others) => {
          const generationConfig = Object.assign({}, ...settings);
          const body: JsonObject = JSON.parse(
            JSON.stringify({
              contents: [{ role: "user", parts }, ...contentsOf(turns, { isNew })],
              ...others,
              ...(declarations.length > 0 && {
                tools: [{ functionDeclarations: declarations }, { googleSearch: {} }],
              }),
              ...(declarations.length > 0 &&
                functionCallingConfig !== undefined && { toolConfig: { functionCallingConfig } }),
              ...(Object.keys(generationConfig).length > 0 && { generationConfig }),
            }),
          );
          const { request, losses } = ingress.parseRequest({ body, model: "fast", stream: false });
          const rendered = egress.renderRequest(request, { upstreamModel });
          expect(losses).toEqual([]);
          expect(rendered.losses).toEqual([]);
          expect(rendered.body).toEqual(body);
        },
      ),
      { numRuns: 300 },
    );
  });
});
