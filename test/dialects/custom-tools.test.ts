import { expect, test } from "bun:test";
import { openaiChat } from "../../src/dialects/openai-chat/index.ts";
import { openaiResponses } from "../../src/dialects/openai-responses/index.ts";

const traits = { upstreamModel: "m" };
const reason = "(sql) is of a custom tool, which only a target of the caller's own dialect is told";

test("a custom tool is refused between OpenAI's APIs, for the true reason", () => {
  const chat = openaiChat.ingress.parseRequest({
    body: {
      model: "m",
      messages: [{ role: "user", content: "Hello" }],
      tools: [{ type: "custom", custom: { name: "sql" } }],
    },
  });
  const responses = openaiResponses.ingress.parseRequest({
    body: { model: "m", input: "Hello", tools: [{ type: "custom", name: "sql" }] },
  });
  const loss = { path: "tools[0]", isHarmless: false, reason };
  expect(openaiResponses.egress.renderRequest(chat.request, traits).losses).toEqual([loss]);
  expect(openaiChat.egress.renderRequest(responses.request, traits).losses).toEqual([loss]);
});

test("a tool that the other API lacks is said to have no counterpart", () => {
  const { request } = openaiResponses.ingress.parseRequest({
    body: { model: "m", input: "Hello", tools: [{ type: "web_search" }] },
  });
  const [loss] = openaiChat.egress.renderRequest(request, traits).losses;
  expect(loss?.reason).toBe("(web_search) has no counterpart in Chat Completions");
});

test("so is a call of one in the history", () => {
  const call = { id: "c", type: "custom", custom: { name: "sql", input: "select 1" } };
  const { request } = openaiChat.ingress.parseRequest({
    body: {
      model: "m",
      messages: [
        { role: "user", content: "Hello" },
        { role: "assistant", content: null, tool_calls: [call] },
      ],
    },
  });
  const [loss] = openaiResponses.egress.renderRequest(request, traits).losses;
  expect(loss?.reason).toBe("is of a custom tool, which only a target of the caller's own dialect is told");
});
