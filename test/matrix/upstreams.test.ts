import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { Readable } from "node:stream";
import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  ValidationException,
} from "@aws-sdk/client-bedrock-runtime";
import { CohereClientV2, CohereError } from "cohere-ai";
import { clients } from "./clients/index.ts";
import { toolsNamed } from "./clients/tools.ts";
import { features } from "./features.ts";
import { bedrockConverse } from "./upstreams/bedrock-converse.ts";
import { cohereChat } from "./upstreams/cohere-chat.ts";
import { vendors } from "./upstreams/index.ts";
import { greeting, weatherArguments } from "./upstreams/say.ts";
import { faults, prompts, type ServedVendor, serveVendor } from "./upstreams/serve.ts";
import { tokens } from "./upstreams/vendor.ts";

const key = "sk-direct";
/** What vendors are not asked: their lists of models are not what they are here for. */
const apart: readonly string[] = ["list of models"];

/** What stands in for vendors has to pass for them with their own clients, or the matrix would prove nothing. */
describe.each(
  clients.flatMap((client) => {
    const vendor = vendors.find(({ dialect }) => dialect === client.dialect);
    return vendor === undefined ? [] : [[client.name, vendor.dialect, client, vendor] as const];
  }),
)("%s on its own vendor of %s", (_client, _dialect, client, vendor) => {
  let served: ServedVendor;
  beforeAll(() => {
    served = serveVendor(vendor, key);
  });
  afterAll(() => served.stop());
  const idle = client.connect({ origin: "http://127.0.0.1", key, model: vendor.model });
  const able = features.filter(({ name, use }) => !apart.includes(name) && use(idle) !== undefined);

  test.each(able.map((feature) => [feature.name, feature] as const))("%s", async (_feature, feature) => {
    const connection = client.connect({ origin: served.origin, key, model: vendor.model });
    await feature.use(connection)?.(served, vendor.model);
    expect(served.complaints()).toEqual([]);
  });
});

/** AWS's client speaks HTTP/2 where it is not told otherwise. */
async function overHttp1(request: {
  readonly method: string;
  readonly path: string;
  readonly port?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}) {
  const { method, path, port, headers, body } = request;
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, body: body ?? null });
  const { status: statusCode, body: stream } = answer;
  const read = Readable.from(stream ?? []);
  return { response: { statusCode, headers: Object.fromEntries(answer.headers), body: read } };
}

describe("@aws-sdk/client-bedrock-runtime on its own vendor", () => {
  let served: ServedVendor;
  let client: BedrockRuntimeClient;
  beforeAll(() => {
    served = serveVendor(bedrockConverse, key);
    client = new BedrockRuntimeClient({
      region: "eu-central-1",
      endpoint: served.origin,
      token: { token: key },
      authSchemePreference: ["httpBearerAuth"],
      maxAttempts: 1,
      requestHandler: { handle: overHttp1 },
    });
  });
  afterAll(() => {
    client.destroy();
    served.stop();
  });
  const ask = (text: string) => ({
    modelId: bedrockConverse.model,
    messages: [{ role: "user" as const, content: [{ text }] }],
  });
  const toolConfig = {
    tools: toolsNamed(["weather", "clock"]).map(({ name, description, parameters }) => ({
      toolSpec: { name, description, inputSchema: { json: { ...parameters } } },
    })),
  };

  test("chat", async () => {
    const { output, usage, stopReason } = await client.send(new ConverseCommand(ask("Hi")));
    expect(output?.message?.content).toEqual([{ text: greeting }]);
    expect(usage).toMatchObject({ outputTokens: tokens.output, cacheReadInputTokens: tokens.cached });
    expect(stopReason).toBe("end_turn");
  });

  test("parallel tools, streamed", async () => {
    const { stream = [] } = await client.send(new ConverseStreamCommand({ ...ask("Sunny?"), toolConfig }));
    const names: string[] = [];
    const inputs: string[] = [];
    let last: unknown;
    for await (const event of stream) {
      names.push(...(event.contentBlockStart?.start?.toolUse?.name?.split(",") ?? []));
      const { contentBlockIndex = 0, delta } = event.contentBlockDelta ?? {};
      if (delta?.toolUse !== undefined)
        inputs[contentBlockIndex] = (inputs[contentBlockIndex] ?? "") + delta.toolUse.input;
      last = event.metadata?.usage ?? last;
    }
    expect(names).toEqual(["weather", "clock"]);
    expect(inputs.map((input) => JSON.parse(input))).toEqual([weatherArguments, {}]);
    expect(last).toMatchObject({ outputTokens: tokens.output });
  });

  test("errors", async () => {
    const failed = client.send(new ConverseCommand(ask(prompts.wrong)));
    const thrown: unknown = await failed.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(thrown).toBeInstanceOf(ValidationException);
    expect(thrown).toMatchObject({ message: faults.wrong });
  });
});

describe("cohere-ai on its own vendor", () => {
  let served: ServedVendor;
  let client: CohereClientV2;
  beforeAll(() => {
    served = serveVendor(cohereChat, key);
    client = new CohereClientV2({ token: key, environment: served.origin, maxRetries: 0 });
  });
  afterAll(() => served.stop());
  const ask = (content: string) => ({
    model: cohereChat.model,
    messages: [{ role: "user" as const, content }],
  });
  const tools = toolsNamed(["weather", "clock"]).map(({ name, description, parameters }) => ({
    type: "function" as const,
    function: { name, description, parameters: { ...parameters } },
  }));

  test("chat", async () => {
    const { message, usage, finishReason } = await client.chat(ask("Hi"));
    expect(message.content).toEqual([{ type: "text", text: greeting }]);
    expect(usage?.tokens).toMatchObject({ inputTokens: tokens.input, outputTokens: tokens.output });
    expect(finishReason).toBe("COMPLETE");
  });

  test("parallel tools, streamed", async () => {
    const names: string[] = [];
    const inputs: string[] = [];
    let ended: unknown;
    for await (const event of await client.chatStream({ ...ask("Sunny?"), tools })) {
      if (event.type === "tool-call-start") {
        names.push(event.delta?.message?.toolCalls?.function?.name ?? "");
        inputs.push("");
      }
      if (event.type === "tool-call-delta")
        inputs.push((inputs.pop() ?? "") + (event.delta?.message?.toolCalls?.function?.arguments ?? ""));
      if (event.type === "message-end") ended = event.delta?.finishReason;
    }
    expect({ names, inputs, ended }).toEqual({
      names: ["weather", "clock"],
      inputs: [JSON.stringify(weatherArguments), ""],
      ended: "TOOL_CALL",
    });
  });

  test("errors", async () => {
    const thrown: unknown = await client.chat(ask(prompts.wrong)).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(thrown).toBeInstanceOf(CohereError);
    expect(thrown).toMatchObject({ statusCode: 400, body: { message: faults.wrong } });
  });
});
