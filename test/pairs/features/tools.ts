import type { CallerDialectName } from "../../../src/dialects/dialect.ts";
import type { Json, JsonObject } from "../../../src/kernel/json.ts";
import { type Asked, type AskedFeature, type FeatureGroup, member, turns } from "./asked.ts";

const schema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const open = { additionalProperties: false, ...schema };

/** Declarations of functions with these names, in each caller's words. */
function declared(caller: CallerDialectName, names: readonly string[], more: JsonObject = {}): JsonObject {
  switch (caller) {
    case "openai-chat":
      return {
        tools: names.map((name) => ({ type: "function", function: { name, parameters: open, ...more } })),
      };
    case "openai-responses":
      return { tools: names.map((name) => ({ type: "function", name, parameters: open, ...more })) };
    case "anthropic-messages":
      return { tools: names.map((name) => ({ name, input_schema: open, ...more })) };
    case "gemini":
      return { tools: [{ functionDeclarations: names.map((name) => ({ name, parameters: schema })) }] };
  }
}

const two = ["weather", "clock"];
const chat = declared("openai-chat", two);
const responses = declared("openai-responses", two);
const messages = declared("anthropic-messages", two);
const gemini = declared("gemini", two);

const calling = (value: Json, base = gemini): Asked =>
  member("toolConfig.functionCallingConfig", value, base);

interface Result {
  readonly name: string;
  readonly text: string;
}

/** A conversation in which the model has called tools, and what came of it. */
function called(caller: CallerDialectName, as: string, results: readonly Result[]): Asked {
  const base = declared(
    caller,
    results.map(({ name }) => name),
  );
  const asked = turns(caller, as, calledTurns(caller, results));
  return { ...asked, body: { ...base, ...asked.body }, base };
}

function calledTurns(caller: CallerDialectName, results: readonly Result[]): readonly JsonObject[] {
  const ids = results.map(({ name }) => `call_${name}`);
  const args = { city: "Bern" };
  switch (caller) {
    case "openai-chat":
      return [
        { role: "user", content: "Hi" },
        {
          role: "assistant",
          content: null,
          tool_calls: results.map(({ name }, index) => ({
            id: ids[index] ?? "",
            type: "function",
            function: { name, arguments: JSON.stringify(args) },
          })),
        },
        ...results.map(({ text }, index) => ({
          role: "tool",
          tool_call_id: ids[index] ?? "",
          content: text,
        })),
      ];
    case "openai-responses":
      return [
        { role: "user", content: "Hi" },
        ...results.map(({ name }, index) => ({
          type: "function_call",
          call_id: ids[index] ?? "",
          name,
          arguments: JSON.stringify(args),
        })),
        ...results.map(({ text }, index) => ({
          type: "function_call_output",
          call_id: ids[index] ?? "",
          output: text,
        })),
      ];
    case "anthropic-messages":
      return [
        { role: "user", content: "Hi" },
        {
          role: "assistant",
          content: results.map(({ name }, index) => ({
            type: "tool_use",
            id: ids[index] ?? "",
            name,
            input: args,
          })),
        },
        {
          role: "user",
          content: results.map(({ text }, index) => ({
            type: "tool_result",
            tool_use_id: ids[index] ?? "",
            content: text,
          })),
        },
      ];
    case "gemini":
      return [
        { role: "user", parts: [{ text: "Hi" }] },
        {
          role: "model",
          parts: results.map(({ name }, index) => ({
            functionCall: { id: ids[index] ?? "", name, args },
          })),
        },
        {
          role: "user",
          parts: results.map(({ name, text }, index) => ({
            functionResponse: { id: ids[index] ?? "", name, response: { output: text } },
          })),
        },
      ];
  }
}

/** The result of the first call with something in it beside its text, or another one. */
function changed(caller: CallerDialectName, as: string, change: (result: JsonObject) => JsonObject): Asked {
  const results = [{ name: "weather", text: "Sunny." }];
  const plain = called(caller, as, results);
  const [list, all] = Object.entries(plain.body).find(([name]) => name !== "tools") ?? ["", []];
  const before = all as readonly JsonObject[];
  const last = before.at(-1) ?? {};
  const inner = caller === "anthropic-messages" ? "content" : caller === "gemini" ? "parts" : "";
  const next = inner === "" ? change(last) : { ...last, [inner]: (last[inner] as JsonObject[]).map(change) };
  return { as, base: plain.body, body: { ...plain.body, [list]: [...before.slice(0, -1), next] } };
}

const png = "iVBORw0KGgo=";
const imageUrl = `data:image/png;base64,${png}`;

const tools: readonly AskedFeature[] = [
  {
    name: "functions",
    asked: {
      "openai-chat": { as: "tools", body: chat },
      "openai-responses": { as: "tools", body: responses },
      "anthropic-messages": { as: "tools", body: messages },
      gemini: { as: "tools[].functionDeclarations", body: gemini },
    },
    native: /"name":"clock"/,
  },
  {
    name: "strict schemas",
    asked: {
      "openai-chat": {
        as: "function.strict",
        body: declared("openai-chat", two, { strict: true }),
        base: chat,
      },
      "openai-responses": {
        as: "tools[].strict",
        body: declared("openai-responses", two, { strict: true }),
        base: responses,
      },
      "anthropic-messages": {
        as: "tools[].strict",
        body: declared("anthropic-messages", two, { strict: true }),
        base: messages,
      },
      gemini: { ...calling({ mode: "VALIDATED" }), as: "mode: VALIDATED" },
    },
    native: /"strict(_tools)?":true|VALIDATED/,
  },
  {
    name: "some tool has to be used",
    asked: {
      "openai-chat": member("tool_choice", "required", chat),
      "openai-responses": member("tool_choice", "required", responses),
      "anthropic-messages": member("tool_choice", { type: "any" }, messages),
      gemini: { ...calling({ mode: "ANY" }), as: "mode: ANY" },
    },
    native: /"tool_?[cC]hoice":("required"|"any"|"REQUIRED"|\{"type":"any"\}|\{"any":\{\}\})|"mode":"ANY"/,
  },
  {
    name: "this tool has to be used",
    asked: {
      "openai-chat": member("tool_choice", { type: "function", function: { name: "clock" } }, chat),
      "openai-responses": member("tool_choice", { type: "function", name: "clock" }, responses),
      "anthropic-messages": member("tool_choice", { type: "tool", name: "clock" }, messages),
      gemini: { ...calling({ mode: "ANY", allowedFunctionNames: ["clock"] }), as: "allowedFunctionNames" },
    },
    native: /"tool_?[cC]hoice":\{[^[]*"clock"|"allowedFunctionNames":\["clock"\]/,
  },
  {
    name: "some of the tools may be used",
    asked: {
      "openai-chat": member(
        "tool_choice",
        {
          type: "allowed_tools",
          allowed_tools: { mode: "auto", tools: [{ type: "function", function: { name: "clock" } }] },
        },
        chat,
      ),
      "openai-responses": member(
        "tool_choice",
        { type: "allowed_tools", mode: "auto", tools: [{ type: "function", name: "clock" }] },
        responses,
      ),
      gemini: {
        ...calling({ mode: "VALIDATED", allowedFunctionNames: ["clock"] }),
        as: "allowedFunctionNames",
        base: calling({ mode: "VALIDATED" }).body,
      },
    },
    native: /"allowed_tools"|"allowedFunctionNames":\["clock"\]/,
  },
  {
    name: "no tool may be used",
    asked: {
      "openai-chat": member("tool_choice", "none", chat),
      "openai-responses": member("tool_choice", "none", responses),
      "anthropic-messages": member("tool_choice", { type: "none" }, messages),
      gemini: { ...calling({ mode: "NONE" }), as: "mode: NONE" },
    },
    native: /"tool_choice":("none"|"NONE"|\{"type":"none"\})|"mode":"NONE"/,
  },
  {
    name: "one call at a time",
    asked: {
      "openai-chat": member("parallel_tool_calls", false, chat),
      "openai-responses": member("parallel_tool_calls", false, responses),
      "anthropic-messages": member(
        "tool_choice",
        { type: "auto", disable_parallel_tool_use: true },
        { ...messages, tool_choice: { type: "auto" } },
      ),
    },
    native: /"parallel_tool_calls":false|"disable_parallel_tool_use":true/,
  },
  {
    name: "call and its result",
    asked: {
      "openai-chat": called("openai-chat", "role: tool", [{ name: "weather", text: "Sunny." }]),
      "openai-responses": called("openai-responses", "function_call_output", [
        { name: "weather", text: "Sunny." },
      ]),
      "anthropic-messages": called("anthropic-messages", "tool_result", [
        { name: "weather", text: "Sunny." },
      ]),
      gemini: called("gemini", "functionResponse", [{ name: "weather", text: "Sunny." }]),
    },
    native: /Bern.*Sunny\./s,
  },
  {
    name: "parallel calls and their results",
    asked: {
      "openai-chat": called("openai-chat", "role: tool", [
        { name: "weather", text: "Sunny." },
        { name: "clock", text: "Noon." },
      ]),
      "openai-responses": called("openai-responses", "function_call_output", [
        { name: "weather", text: "Sunny." },
        { name: "clock", text: "Noon." },
      ]),
      "anthropic-messages": called("anthropic-messages", "tool_result", [
        { name: "weather", text: "Sunny." },
        { name: "clock", text: "Noon." },
      ]),
      gemini: called("gemini", "functionResponse", [
        { name: "weather", text: "Sunny." },
        { name: "clock", text: "Noon." },
      ]),
    },
    native: /Sunny\..*Noon\./s,
  },
  {
    name: "picture in a result",
    asked: {
      "openai-chat": changed("openai-chat", "image_url", (result) => ({
        ...result,
        content: [
          { type: "text", text: "Sunny." },
          { type: "image_url", image_url: { url: imageUrl } },
        ],
      })),
      "openai-responses": changed("openai-responses", "input_image", (result) => ({
        ...result,
        output: [
          { type: "input_text", text: "Sunny." },
          { type: "input_image", image_url: imageUrl },
        ],
      })),
      "anthropic-messages": changed("anthropic-messages", "image", (result) => ({
        ...result,
        content: [
          { type: "text", text: "Sunny." },
          { type: "image", source: { type: "base64", media_type: "image/png", data: png } },
        ],
      })),
      gemini: changed("gemini", "functionResponse.parts", ({ functionResponse }) => ({
        functionResponse: {
          ...(functionResponse as JsonObject),
          parts: [{ inlineData: { mimeType: "image/png", data: png } }],
        },
      })),
    },
    native:
      /"(tool_result|toolResult|function_call_output|functionResponse)".*iVBOR|"role":"tool"[^}]*"images":\["iVBOR/,
  },
  {
    name: "result of a failure",
    asked: {
      "anthropic-messages": changed("anthropic-messages", "is_error", (result) => ({
        ...result,
        is_error: true,
      })),
      gemini: changed("gemini", "response.error", ({ functionResponse }) => ({
        functionResponse: { ...(functionResponse as JsonObject), response: { error: "Sunny." } },
      })),
    },
    native: /"is_error":true|"status":"error"|"error":"Sunny\."/,
  },
  {
    name: "tools of the caller's vendor",
    asked: {
      "openai-responses": { as: "web_search", body: { tools: [{ type: "web_search" }] } },
      "anthropic-messages": {
        as: "web_search",
        body: { tools: [{ type: "web_search_20250305", name: "web_search" }] },
      },
      gemini: { as: "googleSearch", body: { tools: [{ googleSearch: {} }] } },
    },
    native: /web_search|googleSearch/,
  },
];

/** Functions and what becomes of their calls. */
export const toolGroups: readonly FeatureGroup<AskedFeature>[] = [{ title: "Tools", features: tools }];
