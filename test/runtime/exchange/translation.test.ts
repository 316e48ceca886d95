import { describe, expect, test } from "bun:test";
import type { CallerDialectName, IngressRequest } from "../../../src/dialects/dialect.ts";
import { callerDialects, chatDialects } from "../../../src/dialects/registry.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { inlineMedia } from "../../../src/runtime/exchange/inline-media.ts";
import { type PathAsSent, parseBody, Translation } from "../../../src/runtime/exchange/translation.ts";
import type { TargetWay } from "../../../src/runtime/target-way.ts";

function wayOf(name: keyof typeof chatDialects): TargetWay {
  const dialect = chatDialects[name];
  if (dialect === undefined) throw new Error(`${name} is not spoken`);
  return {
    dialect,
    traits: { upstreamModel: "m" },
    basePath: "",
    isSame: false,
    foreignTexts: [],
    rewrite: { modelJson: new Uint8Array(), askForUsage: false },
    wholeHead: "",
    streamHead: "",
  };
}

function translationOf(name: CallerDialectName, body: JsonObject, pathAsSent?: PathAsSent): Translation {
  const input: IngressRequest = { body, model: "m", stream: false };
  return new Translation(callerDialects[name], () => input, pathAsSent);
}

function faultOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    if (error instanceof LatchkeyError) return [error.code, error.param, error.message];
    throw error;
  }
  return undefined;
}

const marked = (text: string): JsonObject => ({ type: "text", text, cache_control: { type: "ephemeral" } });

describe("a harmless loss", () => {
  test("in the instructions of a caller of Messages stands in `system`", () => {
    const body = {
      model: "m",
      max_tokens: 5,
      system: [marked("Be brief")],
      messages: [{ role: "user", content: [marked("Hi")] }],
    };
    const { lost } = translationOf("anthropic-messages", body).render("openai/gpt", wayOf("openai-chat"));
    expect(lost).toEqual({
      dropped: ["system[0].cache_control", "messages[0].content[0].cache_control"],
      changed: [],
    });
  });

  test("of a setting has the name that the caller gave it", () => {
    const body = { model: "m", messages: [{ role: "user", content: "Hi" }], user: "u1" };
    const { lost } = translationOf("openai-chat", body).render("bedrock/m", wayOf("bedrock-converse"));
    expect(lost).toEqual({ dropped: ["user"], changed: [] });
  });
});

test("a member that neither side knows goes to a target of the caller's dialect with its numbers as written", () => {
  const text =
    '{"model":"m","temperature":1.0,"messages":[{"role":"user","content":"Hi"}],"their_own":{"id":12345678901234567890,"n":[1.0]}}';
  const read: ConstructorParameters<typeof Translation>[1] = (exact) => ({
    body: parseBody(Buffer.from(text), exact),
  });
  const translation = new Translation(callerDialects["openai-chat"], read);
  const body = Buffer.from(translation.render("box/m", wayOf("openai-chat")).body).toString();
  expect(body).toContain('"their_own":{"id":12345678901234567890,"n":[1.0]}');
  expect(body).toEndWith('"temperature":1}');
});

describe("a loss that changes the answer", () => {
  const vendorPart = { role: "user", parts: [{ text: "Hi" }, { executable_code: { code: "1" } }] };

  test("is refused with the caller's own name of it", () => {
    const translation = translationOf("gemini", { system_instruction: "Be kind", contents: [vendorPart] });
    expect(faultOf(() => translation.render("openai/gpt", wayOf("openai-chat")))).toEqual([
      "LK-2110",
      "contents[0].parts[1]",
      expect.stringMatching(/^`contents\[0\]\.parts\[1\]` .*\(openai\/gpt\)\.$/),
    ]);
  });

  test("in what the gateway has put in is named by what the caller sent", () => {
    const body = { model: "m", input: [{ type: "web_search_call", id: "ws_1", status: "completed" }] };
    const translation = translationOf("openai-responses", body, (path) =>
      path.startsWith("input[0]") ? "previous_response_id" : path,
    );
    expect(faultOf(() => translation.render("openai/gpt", wayOf("openai-chat")))).toEqual([
      "LK-2110",
      "previous_response_id",
      expect.stringContaining("`previous_response_id` "),
    ]);
  });

  test("is found also after files have been fetched", async () => {
    const url = "https://example.com/a.png";
    const body = {
      contents: [
        { role: "user", parts: [{ fileData: { fileUri: url, mimeType: "image/png" } }, ...vendorPart.parts] },
      ],
    };
    const translation = translationOf("gemini", body);
    const asked: string[] = [];
    const fetchMedia = (_url: string, param: string) => {
      asked.push(param);
      return Promise.resolve({ mediaType: "image/png", bytes: new Uint8Array([1]) });
    };
    const pathOf = (path: string): string => translation.pathOf(path);
    translation.replace(await inlineMedia(translation.request, ["image"], fetchMedia, pathOf));
    expect(asked).toEqual(["contents[0].parts[0]"]);
    expect(faultOf(() => translation.render("openai/gpt", wayOf("openai-chat")))).toMatchObject({
      1: "contents[0].parts[2]",
    });
  });
});

test("what is wrong in a completed request is named by what the caller sent", () => {
  const body = {
    model: "m",
    input: [
      { role: "user", content: "Hi" },
      { role: "user", content: 7 },
    ],
  };
  const translation = translationOf("openai-responses", body, (path) => path.replace("[1]", "[0]"));
  expect(faultOf(() => translation.request)).toEqual([
    "LK-2102",
    "input[0].content",
    "`input[0].content` has to be a string or a list of parts.",
  ]);
});

test("the same request is read for as many targets as it takes", () => {
  const body = {
    model: "m",
    max_tokens: 5,
    system: "Be brief",
    messages: [{ role: "user", content: [{ type: "search_result", title: "x" }] }],
  };
  const translation = translationOf("anthropic-messages", body);
  for (const name of ["openai-chat", "gemini", "cohere-chat", "bedrock-converse", "ollama-chat"] as const)
    expect(faultOf(() => translation.render("x/m", wayOf(name)))).toMatchObject({
      1: "messages[0].content[0]",
    });
});
