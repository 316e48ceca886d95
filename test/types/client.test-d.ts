import { expectTypeOf } from "bun:test";
import type OpenAI from "openai";
import {
  type ChatCompletion,
  type ChatCompletionChunk,
  type ChatRequest,
  type Client,
  createClient,
  type EndpointEvent,
  type EndpointName,
  type ModelInfo,
} from "../../sdk/client/index.ts";
import { defineGateway, demo } from "../../sdk/config/index.ts";
import type { TestGateway } from "../client/support/test-gateway.ts";

/** Never called: what stands here is checked by the type checker alone. */
export async function clientTypes(): Promise<void> {
  const client = createClient<TestGateway>({ baseUrl: "http://127.0.0.1:8787", key: "lk_test" });

  // The default version is the first of the list; input fields with a default may be left out.
  const rating = await client.sentiment({ text: "Lovely!" });
  expectTypeOf(rating).toEqualTypeOf<{ label: "positive" | "neutral" | "negative"; confidence: number }>();
  await client.sentiment({ text: "Schön!", language: "de" }, { timeoutMs: 1_000 });
  // @ts-expect-error a field of the input is missing
  await client.sentiment({});
  // @ts-expect-error a value outside the enumeration
  await client.sentiment({ text: "Beau!", language: "fr" });
  // @ts-expect-error a field that the input does not have
  await client.sentiment({ text: "Lovely!", tone: "warm" });
  // @ts-expect-error a field of the input has the wrong type
  await client.sentiment({ text: 5 });
  // @ts-expect-error an input is needed
  await client.sentiment();
  // @ts-expect-error a field that the output does not have
  rating.score;
  // @ts-expect-error no such endpoint
  client.sentimental;
  // @ts-expect-error a call option that does not exist
  await client.sentiment({ text: "Lovely!" }, { timeout: 1_000 });

  // Major versions.
  expectTypeOf(await client.sentiment.v1({ sentence: "Lovely!" })).toEqualTypeOf<{
    label: "positive" | "neutral" | "negative";
  }>();
  expectTypeOf(await client.sentiment.v2({ text: "Lovely!" })).toHaveProperty("confidence");
  // @ts-expect-error version 1 has another input
  await client.sentiment.v1({ text: "Lovely!" });
  // @ts-expect-error no such version
  client.sentiment.v3;

  // Streams and answers with their headers.
  const stream = client.sentiment.stream({ text: "Lovely!" });
  for await (const event of stream) {
    expectTypeOf(event).toEqualTypeOf<EndpointEvent<typeof rating>>();
    if (event.type === "delta") expectTypeOf(event.text).toEqualTypeOf<string>();
    if (event.type === "output") expectTypeOf(event.output).toEqualTypeOf<typeof rating>();
  }
  expectTypeOf(await stream.output).toEqualTypeOf<typeof rating>();
  expectTypeOf(await client.sentiment.v1.stream({ sentence: "Lovely!" }).output).toHaveProperty("label");
  const answer = await client.sentiment.withResponse({ text: "Lovely!" });
  expectTypeOf(answer.output).toEqualTypeOf<typeof rating>();
  expectTypeOf(answer.cost).toEqualTypeOf<number | undefined>();
  expectTypeOf(answer.headers).toEqualTypeOf<Headers>();
  // @ts-expect-error the stream has the input of its endpoint
  client.sentiment.stream({ sentence: "Lovely!" });

  // An endpoint without an output schema answers text; names with a hyphen are properties too.
  expectTypeOf(await client["text-summary"]({ text: "Long." })).toEqualTypeOf<{ readonly text: string }>();

  // Names that are taken: the built-in one wins, `endpoint` reaches the other.
  await client.chat({ model: "fast", messages: [{ role: "user", content: "Hello" }] });
  expectTypeOf(await client.endpoint("chat")({ room: "hall" })).toEqualTypeOf<{ topic: string }>();
  expectTypeOf(await client.endpoint("toJSON").v1({ text: "Long." })).toEqualTypeOf<{
    readonly text: string;
  }>();
  expectTypeOf<Client<TestGateway>>().not.toHaveProperty("toJSON");
  expectTypeOf<EndpointName<TestGateway>>().toEqualTypeOf<"sentiment" | "text-summary" | "chat" | "toJSON">();
  // @ts-expect-error no such endpoint
  client.endpoint("sentimental");

  // Chat.
  expectTypeOf(client.chat).parameter(0).toHaveProperty("model").toEqualTypeOf<"fast" | "large">();
  // @ts-expect-error no model of the gateway
  await client.chat({ model: "gpt-4o-mini", messages: [] });
  // @ts-expect-error a message of an unknown role
  await client.chat({ model: "fast", messages: [{ role: "robot", content: "Hello" }] });
  // @ts-expect-error streaming is another method
  await client.chat({ model: "fast", messages: [], stream: true });
  // @ts-expect-error a known field of the wrong type
  await client.chat({ model: "fast", messages: [], temperature: "hot" });
  expectTypeOf(
    await client.chat({ model: "large", messages: [], safe_prompt: true }),
  ).toEqualTypeOf<ChatCompletion>();
  // What came as an answer can be sent back as a part of the conversation.
  const history = [{ role: "user", content: "Hello" }] as const;
  const { choices } = await client.chat({ model: "fast", messages: history });
  for (const { message } of choices) await client.chat({ model: "fast", messages: [...history, message] });
  const chunks = client.chat.stream({ model: "fast", messages: [] });
  for await (const chunk of chunks) expectTypeOf(chunk).toEqualTypeOf<ChatCompletionChunk>();
  for await (const text of chunks.text()) expectTypeOf(text).toEqualTypeOf<string>();
  expectTypeOf(await client.models()).toEqualTypeOf<readonly ModelInfo[]>();
}

/** A gateway that has neither endpoints nor models leaves a client nothing to call. */
export async function bareClientTypes(): Promise<void> {
  const bare = () => defineGateway({ providers: { local: demo() } });
  const client = createClient<ReturnType<typeof bare>>({ baseUrl: "http://127.0.0.1:8787", key: "lk_test" });
  expectTypeOf<EndpointName<ReturnType<typeof bare>>>().toBeNever();
  expectTypeOf(client.chat).parameter(0).toHaveProperty("model").toBeNever();
  expectTypeOf(await client.models()).toEqualTypeOf<readonly ModelInfo[]>();
}

/** A client that knows no gateway takes any name and answers `unknown`. */
export async function untypedClientTypes(): Promise<void> {
  const client = createClient({ baseUrl: "http://127.0.0.1:8787", key: "lk_test" });
  expectTypeOf(await client.endpoint("anything")({ any: "input" })).toEqualTypeOf<unknown>();
  await client.chat({ model: "any-model", messages: [] });
  // @ts-expect-error without types there are no endpoints on the client itself
  client.sentiment;
  // @ts-expect-error the key is needed
  createClient({ baseUrl: "http://127.0.0.1:8787" });
}

/** Wire types of the client are read-only, those of the format's owner are not. */
type Writable<T> = T extends object ? { -readonly [Field in keyof T]: Writable<T[Field]> } : T;

/** The request without the room for fields that are not listed. */
type ListedFields<T> = { [Field in keyof T as string extends Field ? never : Field]: T[Field] };
type Listed = Omit<ListedFields<ChatRequest>, "stream">;

/** An answer to a request whose tools are functions: the only ones that the client's types know. */
type FunctionsOnly<T> = T extends { type: "custom" }
  ? never
  : T extends object
    ? { [Field in keyof T]: Field extends "type" ? Exclude<T[Field], "custom"> : FunctionsOnly<T[Field]> }
    : T;

/** The hand-written wire types agree with those of the format's owner. */
export function openAiTypes(
  request: Writable<Listed>,
  completion: FunctionsOnly<OpenAI.ChatCompletion>,
  chunk: FunctionsOnly<OpenAI.ChatCompletionChunk>,
): void {
  expectTypeOf(request).toExtend<OpenAI.ChatCompletionCreateParamsNonStreaming>();
  expectTypeOf(completion).toExtend<ChatCompletion>();
  expectTypeOf(chunk).toExtend<ChatCompletionChunk>();
}
