import { expect, test } from "bun:test";
import OpenAI from "openai";
import { mistralProfile } from "../../src/catalog/providers/mistral.ts";
import { afterTest } from "../support/after-test.ts";
import { startGateway } from "../support/gateway-fixture.ts";
import {
  type ReplayScript,
  startReplayUpstream,
  streamAnswer,
  wholeAnswer,
} from "../support/replay-upstream.ts";
import { chatSample } from "../support/wire-samples.ts";

/** A vendor whose thinking models answer in parts, as Mistral's do. */
async function start(name: string, script?: ReplayScript) {
  const upstream = startReplayUpstream(
    script ??
      (({ request, send }) =>
        send(
          JSON.parse(request.body).stream === true
            ? streamAnswer(chatSample(`vendors/${name}.sse`))
            : wholeAnswer(chatSample(`vendors/${name}.json`)),
        )),
  );
  afterTest(upstream.stop);
  const gateway = await startGateway({ baseUrls: [upstream.baseUrl], quirks: [mistralProfile.chat.quirks] });
  afterTest(gateway.stop);
  const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
  return { client, gateway, seen: upstream.seen };
}

const asked = { model: "fast", messages: [{ role: "user" as const, content: "How much is 2 + 2?" }] };
const parts = JSON.parse(new TextDecoder().decode(chatSample("vendors/thinking-parts.json"))) as {
  choices: { message: { content: { type: string; text?: string; thinking?: { text: string }[] }[] } }[];
};
const content = parts.choices[0]?.message.content ?? [];
const text = content.map((part) => part.text ?? "").join("");
const thinking = content.flatMap((part) => part.thinking?.map((piece) => piece.text) ?? []).join("");

test("callers of Chat Completions get a text, with the thinking beside it", async () => {
  const { client, gateway } = await start("thinking-parts");
  const answer = await client.chat.completions.create(asked);
  expect(text).not.toBe("");
  expect(thinking).not.toBe("");
  expect(answer.choices[0]?.message).toMatchObject({ content: text, reasoning_content: thinking });
  expect(await gateway.row()).toMatchObject({ status: 200, usage: { input: answer.usage?.prompt_tokens } });
});

test("the same holds for a stream, whose other chunks pass", async () => {
  const { client } = await start("thinking-parts");
  const said = { content: "", reasoning_content: "" };
  for await (const { choices } of await client.chat.completions.create({ ...asked, stream: true })) {
    const delta = choices[0]?.delta as Partial<typeof said> | undefined;
    said.content += delta?.content ?? "";
    said.reasoning_content += delta?.reasoning_content ?? "";
  }
  expect(said).toEqual({ content: text, reasoning_content: thinking });
});

test("what seals the thinking is told with it, and both go back as the vendor's parts", async () => {
  const { client, seen } = await start("signed-thinking");
  const { choices } = await client.chat.completions.create(asked);
  const message = choices[0]?.message;
  if (message === undefined) throw new Error("no answer");
  await client.chat.completions.create({
    ...asked,
    messages: [...asked.messages, message, { role: "user", content: "Sure?" }],
  });
  const signed = JSON.parse(
    new TextDecoder().decode(chatSample("vendors/signed-thinking.json")),
  ) as typeof parts;
  const told = JSON.parse(seen.at(-1)?.body ?? "{}") as { messages: { content: unknown[] }[] };
  const [sealed] = signed.choices[0]?.message.content ?? [];
  const signature = (sealed as { signature?: string } | undefined)?.signature;
  expect(signature).toBeString();
  expect(told.messages[1]).not.toHaveProperty("reasoning_content");
  expect(told.messages[1]?.content[0]).toMatchObject({ type: "thinking", signature });
});

test("content that is a text passes byte for byte, whatever it quotes", async () => {
  const body = `{"id":"1", "object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant",
    "content":"\\"content\\":[1]"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}`;
  const { gateway } = await start("", ({ send }) => send(wholeAnswer(body)));
  expect(await (await gateway.call("/v1/chat/completions", asked)).text()).toBe(body);
});
