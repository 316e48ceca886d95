import { describe, expect, test } from "bun:test";
import type { LatchkeyClientError } from "../../sdk/client/index.ts";
import { chatSample, chatSampleNames } from "../support/wire-samples.ts";
import { catchError, collect } from "./support/catch-error.ts";
import { eventStream, everyCut, fetchInPieces, sse } from "./support/event-stream.ts";
import { startGateway, testClient } from "./support/gateway.ts";

const request = { model: "fast" as const, messages: [{ role: "user" as const, content: "Hello" }] };
const completion = {
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1,
  model: "fast",
  choices: [{ index: 0, message: { role: "assistant", content: "Hi" }, finish_reason: "stop" }],
};

const chunk = (delta: object, index = 0) => ({
  id: "chatcmpl-1",
  object: "chat.completion.chunk",
  created: 1,
  model: "fast",
  choices: [{ index, delta, finish_reason: null }],
});
const chunks = [
  chunk({ role: "assistant", content: "" }),
  chunk({ content: "Schön " }),
  chunk({ content: "another choice" }, 1),
  chunk({ content: "€😀" }),
  chunk({ tool_calls: [{ index: 0, id: "call_1", function: { name: "look", arguments: "{}" } }] }),
  { ...chunk({}), choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
];
const events = chunks.map((data) => sse(undefined, data)).join("");
const done = sse(undefined, "[DONE]");

/** A chat stream of this text. */
const streamOf = (text: string, headers: Record<string, string> = {}) =>
  testClient(startGateway(() => eventStream(text, headers)).url).chat.stream(request);

describe("a chat", () => {
  test("posts the request, extra fields included, and answers the completion", async () => {
    const { url, received } = startGateway(() => Response.json(completion));
    const client = testClient(url);
    expect(JSON.stringify(await client.chat({ ...request, temperature: 0, safe_prompt: true }))).toBe(
      JSON.stringify(completion),
    );
    expect(received[0]).toMatchObject({ method: "POST", path: "/v1/chat/completions" });
    expect(received[0]?.body).toEqual({ ...request, temperature: 0, safe_prompt: true });
  });

  test("tells what the headers say", async () => {
    const headers = { "x-request-id": "req_1", "x-latchkey-cost": "0.5", "x-latchkey-model": "fast" };
    const { url } = startGateway(() => Response.json(completion, { headers }));
    const { output, ...info } = await testClient(url).chat.withResponse(request);
    expect(output.choices[0]?.message.content).toBe("Hi");
    expect(info).toMatchObject({ requestId: "req_1", cost: 0.5, model: "fast" });
  });

  test("never asks for a stream, even where types are not looked at", async () => {
    const { url, received } = startGateway(() => Response.json(completion));
    await testClient(url).chat(JSON.parse(JSON.stringify({ ...request, stream: true })));
    expect(received[0]?.body).toEqual(request);
  });

  test("refuses an answer that is no completion", async () => {
    for (const answer of [null, [], "Hi", {}, { choices: "none" }]) {
      const { url } = startGateway(() => Response.json(answer, { headers: { "x-request-id": "req_2" } }));
      expect(await catchError(testClient(url).chat(request))).toMatchObject({
        kind: "protocol",
        message: "The answer is no chat completion.",
        requestId: "req_2",
      });
    }
  });

  test("tells the gateway's errors", async () => {
    const error = {
      message: "No such model.",
      type: "invalid_request_error",
      param: "model",
      code: "LK-2004",
    };
    const { url } = startGateway(() => Response.json({ error }, { status: 404 }));
    expect(await catchError(testClient(url).chat(request))).toMatchObject({ kind: "not-found", ...error });
  });
});

describe("a streamed chat", () => {
  test("asks for a stream and gives its chunks", async () => {
    const { url, received } = startGateway(() => eventStream(events + done));
    const found = await collect(
      testClient(url).chat.stream({ ...request, stream_options: { include_usage: true } }),
    );
    expect(JSON.stringify(found)).toBe(JSON.stringify(chunks));
    expect(received[0]?.body).toEqual({ ...request, stream: true, stream_options: { include_usage: true } });
    expect(received[0]?.headers.get("accept")).toBe("text/event-stream");
  });

  test("gives the text of its first choice alone", async () => {
    expect(await collect(streamOf(events + done).text())).toEqual(["Schön ", "€😀"]);
  });

  test("gives the same wherever its bytes are cut", async () => {
    const bytes = new TextEncoder().encode(sse(undefined, chunks[3]) + done);
    for (const pieces of everyCut(bytes)) {
      const client = testClient("http://127.0.0.1:1", { fetch: fetchInPieces(pieces) });
      expect(await collect(client.chat.stream(request).text())).toEqual(["€😀"]);
    }
  });

  test("tells what the headers say", async () => {
    expect((await streamOf(done, { "x-request-id": "req_3" }).response).requestId).toBe("req_3");
  });

  test("is complete with [DONE], also without the empty line after it", async () => {
    for (const end of [done, "data: [DONE]\n", "data: [DONE]", "data:[DONE]\r\n\r\n"]) {
      expect(await collect(streamOf(events + end))).toHaveLength(chunks.length);
    }
  });

  test("is not complete without [DONE]", async () => {
    for (const text of ["", events, `${events}data: [DO`, `${events}data: {"id":`]) {
      expect((await catchError(collect(streamOf(text)))).kind).toBe("cut-stream");
    }
  });

  test("throws an error that comes within it", async () => {
    const error = { message: "The provider stopped.", type: "server_error", param: null, code: "LK-3005" };
    const text = events + sse(undefined, { error });
    const stream = streamOf(text, { "x-request-id": "req_4" });
    const found: unknown[] = [];
    const reading = (async () => {
      for await (const item of stream) found.push(item);
    })();
    expect(await catchError(reading)).toMatchObject({
      kind: "upstream",
      message: "The provider stopped.",
      code: "LK-3005",
      requestId: "req_4",
    });
    expect(found).toHaveLength(chunks.length);
  });

  test("of each wire sample is what its lines say", async () => {
    const endings: Record<string, string> = {
      "cut-after-text.sse": "cut-stream",
      "cut-in-line.sse": "cut-stream",
      "error-inside.sse": "upstream",
      "no-end-marker.sse": "cut-stream",
    };
    for (const name of chatSampleNames(".sse")) {
      const bytes = chatSample(name);
      const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));
      const stream = testClient("http://127.0.0.1:1", { fetch: fetchInPieces(pieces) }).chat.stream(request);
      const found: unknown[] = [];
      const ending = await (async () => {
        for await (const item of stream) found.push(item);
        return "complete";
      })().catch((error: LatchkeyClientError) => error.kind);
      expect({ name, ending }).toEqual({ name, ending: endings[name] ?? "complete" });
      const lines = new TextDecoder().decode(bytes).match(/^data: ?\{"?.*"choices".*\}\r?$/gm) ?? [];
      expect(found).toEqual(lines.map((line) => JSON.parse(line.slice(line.indexOf("{")))));
    }
  });

  test("refuses what is no chunk", async () => {
    for (const data of ["{", "null", "[]", '"text"', "{}", '{"choices":{}}', ""]) {
      expect((await catchError(collect(streamOf(sse(undefined, data) + done)))).kind).toBe("protocol");
    }
  });

  test("can be iterated once, as chunks or as text", async () => {
    const stream = streamOf(events + done);
    await collect(stream.text());
    await expect(collect(stream.text())).rejects.toThrow("A stream can be iterated only once.");
  });
});

describe("the list of models", () => {
  const models = [{ id: "fast", object: "model", created: 1, owned_by: "platform" }];

  test("is what the gateway lists", async () => {
    const { url, received } = startGateway(() => Response.json({ object: "list", data: models }));
    expect(JSON.stringify(await testClient(url).models())).toBe(JSON.stringify(models));
    expect(received[0]).toMatchObject({ method: "GET", path: "/v1/models", body: undefined });
    expect(received[0]?.headers.get("content-type")).toBeNull();
  });

  test("takes call options", async () => {
    const { url } = startGateway(() => Response.json({ object: "list", data: models }));
    expect((await catchError(testClient(url).models({ signal: AbortSignal.abort() }))).kind).toBe("aborted");
  });

  test("refuses what is no list", async () => {
    for (const answer of [models, {}, null, { data: {} }]) {
      const { url } = startGateway(() => Response.json(answer));
      expect((await catchError(testClient(url).models())).kind).toBe("protocol");
    }
  });
});
