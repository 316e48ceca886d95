import Anthropic from "@anthropic-ai/sdk";
import { ApiError, GoogleGenAI } from "@google/genai";
import OpenAI from "openai";
import type { CallerDialectName } from "../../../src/dialects/dialect.ts";
import type { GatewayFixture } from "../../support/gateway-fixture.ts";

/** A failure as an official client throws it. */
export interface Caught {
  /** Absent in the middle of a stream, where the client has none. */
  readonly status: number | undefined;
  readonly name: string;
  readonly message: string;
  /** Name of the error's class. */
  readonly class: string;
  /** What was said before. */
  readonly text: string;
}

/** An official client of a dialect. */
export interface FailureCaller {
  readonly dialect: CallerDialectName;
  /** Asks, and tells the failure. Throws where there was none, or none of the client's own. */
  readonly fail: (gateway: GatewayFixture, stream: boolean) => Promise<Caught>;
  /** What a vendor's own body is called in this dialect. */
  readonly nameIn: (body: object) => string;
  /** Class of the client's errors of a status. */
  readonly classOf: (status: number) => string;
}

const messages = [{ role: "user" as const, content: "Hi" }];

interface Reading {
  text: string;
}

async function caught(
  read: (reading: Reading) => Promise<void>,
  describe: (thrown: unknown) => Omit<Caught, "text">,
): Promise<Caught> {
  const reading: Reading = { text: "" };
  try {
    await read(reading);
  } catch (thrown) {
    return { ...describe(thrown), text: reading.text };
  }
  throw new Error(`no failure after "${reading.text}"`);
}

const openaiOf = ({ url, key }: GatewayFixture): OpenAI =>
  new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0 });

function openaiError(thrown: unknown): Omit<Caught, "text"> {
  if (!(thrown instanceof OpenAI.APIError)) throw thrown;
  const { status, code, message } = thrown;
  return { status, name: String(code), message, class: thrown.constructor.name };
}

const openaiClasses: Readonly<Record<number, string>> = {
  400: "BadRequestError",
  404: "NotFoundError",
  413: "APIError",
  429: "RateLimitError",
};
const openai = {
  nameIn: (body: object) => String((body as { error: { code: unknown } }).error.code),
  classOf: (status: number) => openaiClasses[status] ?? "InternalServerError",
};

const chat: FailureCaller = {
  ...openai,
  dialect: "openai-chat",
  fail: (gateway, stream) =>
    caught(async (reading) => {
      const client = openaiOf(gateway).chat.completions;
      if (!stream) return void (await client.create({ model: "fast", messages }));
      for await (const { choices } of await client.create({ model: "fast", messages, stream }))
        reading.text += choices[0]?.delta.content ?? "";
    }, openaiError),
};

const responses: FailureCaller = {
  ...openai,
  dialect: "openai-responses",
  fail: (gateway, stream) =>
    caught(async (reading) => {
      const client = openaiOf(gateway).responses;
      if (!stream) return void (await client.create({ model: "fast", input: "Hi" }));
      for await (const event of await client.create({ model: "fast", input: "Hi", stream }))
        if (event.type === "response.output_text.delta") reading.text += event.delta;
    }, openaiError),
};

const anthropicClasses: Readonly<Record<number, string>> = {
  400: "BadRequestError",
  402: "PaymentRequiredError",
  404: "NotFoundError",
  413: "ContentTooLargeError",
  429: "RateLimitError",
  504: "GatewayTimeoutError",
  529: "OverloadedError",
};

const anthropic: FailureCaller = {
  dialect: "anthropic-messages",
  nameIn: (body) => String((body as { error: { type: unknown } }).error.type),
  classOf: (status) => anthropicClasses[status] ?? "InternalServerError",
  fail: ({ url, key }, stream) =>
    caught(
      async (reading) => {
        const client = new Anthropic({ baseURL: url, apiKey: key, maxRetries: 0 }).messages;
        const ask = { model: "fast", max_tokens: 100, messages };
        if (!stream) return void (await client.create(ask));
        for await (const event of await client.create({ ...ask, stream }))
          if (event.type === "content_block_delta" && event.delta.type === "text_delta")
            reading.text += event.delta.text;
      },
      (thrown) => {
        if (!(thrown instanceof Anthropic.APIError)) throw thrown;
        const { status, type, message } = thrown;
        return { status, name: String(type), message, class: thrown.constructor.name };
      },
    ),
};

const gemini: FailureCaller = {
  dialect: "gemini",
  nameIn: (body) => (body as { error: { status: string } }).error.status,
  classOf: () => "ApiError",
  fail: ({ url, key }, stream) =>
    caught(
      async (reading) => {
        const { models } = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: url } });
        const ask = { model: "fast", contents: "Hi" };
        if (!stream) return void (await models.generateContent(ask));
        for await (const chunk of await models.generateContentStream(ask)) reading.text += chunk.text ?? "";
      },
      (thrown) => {
        if (!(thrown instanceof ApiError)) throw thrown;
        const { status, message } = thrown;
        const body = JSON.parse(message.slice(message.indexOf("{"))) as {
          readonly error: { readonly status: string; readonly message: string };
        };
        return {
          status,
          name: body.error.status,
          message: body.error.message,
          class: thrown.constructor.name,
        };
      },
    ),
};

/** An official client for each dialect of callers. */
export const failureCallers: readonly FailureCaller[] = [chat, responses, anthropic, gemini];
