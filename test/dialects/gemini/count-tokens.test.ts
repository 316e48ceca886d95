import { describe, expect, test } from "bun:test";
import { parseCountTokens, renderTokenCount } from "../../../src/dialects/gemini/count-tokens.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { recordedExchanges } from "../../support/recorded-exchanges.ts";

const contents = [{ role: "user", parts: [{ text: "Hello" }] }];
const hello = { role: "user", content: [{ type: "text", text: "Hello" }] };

describe("a request to count tokens", () => {
  test("has contents, on Vertex AI with the rest of a prompt, or a whole request", () => {
    expect(parseCountTokens({ body: { contents }, model: "fast" }).request).toEqual({
      model: "fast",
      stream: false,
      messages: [hello],
    } as never);
    const prompt = {
      contents,
      systemInstruction: { parts: [{ text: "Be brief." }] },
      tools: [{ functionDeclarations: [{ name: "f" }] }],
    };
    const expected = {
      messages: [{ role: "system", content: [{ type: "text", text: "Be brief." }] }, hello],
      tools: [{ type: "function", name: "f" }],
    };
    for (const body of [
      prompt,
      { generateContentRequest: { ...prompt, model: "models/x" } },
      { generate_content_request: prompt },
    ])
      expect(parseCountTokens({ body, model: "fast" }).request).toMatchObject(expected as never);
  });

  test.each([
    [{}, "contents"],
    [{ generateContentRequest: {} }, "generateContentRequest.contents"],
    [{ generateContentRequest: 7 }, "generateContentRequest"],
    [
      { generate_content_request: { contents: [{ parts: [{ text: 7 }] }] } },
      "generate_content_request.contents[0].parts[0].text",
    ],
  ])("%j names the field at fault", (body, param) => {
    expect(() => parseCountTokens({ body: body as JsonObject, model: "fast" })).toThrow(
      expect.objectContaining({ code: "LK-2102", param }),
    );
  });

  test("is answered by the total and its kinds", () => {
    expect(renderTokenCount({ total: 10 })).toEqual({
      totalTokens: 10,
      promptTokensDetails: [{ modality: "TEXT", tokenCount: 10 }],
    });
    expect(renderTokenCount({ total: 300, image: 258, audio: 2, cached: 20 })).toEqual({
      totalTokens: 300,
      promptTokensDetails: [
        { modality: "TEXT", tokenCount: 40 },
        { modality: "IMAGE", tokenCount: 258 },
        { modality: "AUDIO", tokenCount: 2 },
      ],
      cachedContentTokenCount: 20,
    });
    expect(renderTokenCount({ total: 0 })).toEqual({ totalTokens: 0 });
  });

  const recorded = recordedExchanges("countTokens").filter(
    ({ request, status, url = "" }) =>
      status === 200 && request !== undefined && url.includes(":countTokens"),
  );
  test.each(recorded.map((exchange) => [exchange.name, exchange] as const))(
    "%s is understood",
    (_name, { request, body }) => {
      const { request: parsed } = parseCountTokens({ body: request as JsonObject, model: "fast" });
      expect(parsed.messages.length).toBeGreaterThan(0);
      const { totalTokens, promptTokensDetails = [] } = JSON.parse(Buffer.from(body).toString());
      expect(renderTokenCount({ total: totalTokens })).toEqual({ totalTokens, promptTokensDetails });
    },
  );
});
