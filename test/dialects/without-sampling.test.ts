import { expect, test } from "bun:test";
import type { ChatRequest } from "../../src/canonical/chat-request.ts";
import { openaiChat } from "../../src/dialects/openai-chat/index.ts";
import { openaiResponses } from "../../src/dialects/openai-responses/index.ts";

const request: ChatRequest = {
  model: "fast",
  stream: false,
  messages: [{ role: "user", content: [{ type: "text", text: "Hi" }] }],
};
const traits = { upstreamModel: "o3", lacks: ["sampling"] } as const;

for (const { name, egress } of [openaiChat, openaiResponses]) {
  test(`${name}: a model that draws in its own way is told no temperature, which is named`, () => {
    const { body, losses } = egress.renderRequest({ ...request, temperature: 0.2, topP: 0.5 }, traits);
    expect(body).not.toHaveProperty("temperature");
    expect(body).not.toHaveProperty("top_p");
    expect(losses.map(({ path, isHarmless }) => [path, isHarmless])).toEqual([
      [{ field: "temperature" }, true],
      [{ field: "topP" }, true],
    ]);
  });

  test(`${name}: what every model does anyway is nothing to be named`, () => {
    const { body, losses } = egress.renderRequest({ ...request, temperature: 1 }, traits);
    expect(body).not.toHaveProperty("temperature");
    expect(losses).toEqual([]);
  });

  test(`${name}: other models get it`, () => {
    const { body } = egress.renderRequest({ ...request, temperature: 0.2 }, { upstreamModel: "gpt-4.1" });
    expect(body["temperature"]).toBe(0.2);
  });
}
