import { describe, expect, test } from "bun:test";
import type { EndpointEvent } from "../../sdk/client/index.ts";
import { catchError, collect } from "./support/catch-error.ts";
import { controlledStream, eventStream, everyCut, fetchInPieces, sse } from "./support/event-stream.ts";
import { startGateway, startRawServer, testClient } from "./support/gateway.ts";

const rating = { label: "positive" as const, confidence: 0.9 };
const input = { text: "Schön" };
type RatingEvent = EndpointEvent<{ label: "positive" | "neutral" | "negative"; confidence: number }>;

const whole = [
  ": ping\n\n",
  sse("delta", { text: '{"label":"neg' }),
  sse("restart", {}),
  sse("delta", { text: "Schön €😀" }),
  sse("output", rating),
].join("");
const wholeEvents: RatingEvent[] = [
  { type: "delta", text: '{"label":"neg' },
  { type: "restart" },
  { type: "delta", text: "Schön €😀" },
  { type: "output", output: rating },
];

/** Streams this text as a gateway's answer. */
const streamOf = (text: string, headers: Record<string, string> = {}) =>
  testClient(startGateway(() => eventStream(text, headers)).url).sentiment.stream(input);

describe("a streamed call", () => {
  test("asks for an event stream and gives its events", async () => {
    const { url, received } = startGateway(() => eventStream(whole));
    expect(await collect(testClient(url).sentiment.stream(input))).toEqual(wholeEvents);
    expect(received[0]).toMatchObject({ method: "POST", path: "/api/sentiment/current", body: input });
    expect(received[0]?.headers.get("accept")).toBe("text/event-stream");
  });

  test("goes to a major version", async () => {
    const { url, received } = startGateway(() => eventStream(sse("output", { label: "neutral" })));
    expect(await testClient(url).sentiment.v1.stream({ sentence: "Hm." }).output).toEqual({
      label: "neutral",
    });
    expect(received[0]?.path).toBe("/api/sentiment/v1");
  });

  test("gives the same events wherever its bytes are cut", async () => {
    for (const pieces of everyCut(new TextEncoder().encode(whole))) {
      const client = testClient("http://127.0.0.1:1", { fetch: fetchInPieces(pieces) });
      expect(await collect(client.sentiment.stream(input))).toEqual(wholeEvents);
    }
  });

  test("gives each event as soon as it is there", async () => {
    const stream = controlledStream();
    const { url } = startGateway(() => stream.response);
    const events = testClient(url).sentiment.stream(input)[Symbol.asyncIterator]();
    for (const text of ["one", "two"]) {
      stream.write(sse("delta", { text }));
      expect((await events.next()).value).toEqual({ type: "delta", text });
    }
    stream.write(sse("output", rating));
    expect((await events.next()).value).toEqual({ type: "output", output: rating });
    // The end of the bytes has not come, but the stream is complete.
    expect((await events.next()).done).toBe(true);
    stream.close();
  });

  test("passes over events that it does not know and what follows the output", async () => {
    const text = `${sse("usage", { tokens: 3 })}${sse("output", rating)}${sse("delta", { text: "late" })}`;
    expect(await collect(streamOf(text))).toEqual([{ type: "output", output: rating }]);
  });

  test("is not sent before it is read", async () => {
    const { url, received } = startGateway(() => eventStream(whole));
    const stream = testClient(url).sentiment.stream(input);
    await testClient(url).sentiment.stream(input).output;
    expect(received).toHaveLength(1);
    await stream.output;
    expect(received).toHaveLength(2);
  });

  test("tells what the headers say", async () => {
    const stream = streamOf(whole, { "x-request-id": "req_1", "x-latchkey-model": "fast" });
    expect(await stream.response).toMatchObject({ requestId: "req_1", model: "fast", cost: undefined });
    expect(await stream.output).toEqual(rating);
  });
});

describe("the output", () => {
  test("needs no iteration", async () => expect(await streamOf(whole).output).toEqual(rating));

  test("is there after an iteration", async () => {
    const stream = streamOf(whole);
    await collect(stream);
    expect(await stream.output).toEqual(rating);
    expect(await stream.output).toEqual(rating);
  });

  test("may be asked for before an iteration, beside it and within it", async () => {
    const before = streamOf(whole);
    const { output } = before;
    expect(await collect(before)).toEqual(wholeEvents);
    expect(await output).toEqual(rating);

    const beside = streamOf(whole);
    expect(await Promise.all([collect(beside), beside.output])).toEqual([wholeEvents, rating]);

    const within = streamOf(whole);
    const seen: RatingEvent[] = [];
    for await (const event of within) {
      seen.push(event);
      expect(await within.output).toEqual(rating);
    }
    expect(seen).toEqual(wholeEvents);
  });

  test("rejects with what the iteration throws", async () => {
    const stream = streamOf(sse("error", { error: { message: "Sorry.", code: "LK-3014" } }));
    const iterated = await catchError(collect(stream));
    expect(await catchError(stream.output)).toBe(iterated);
  });

  test("that nobody waits for ends no process when it fails", async () => {
    const stream = streamOf(sse("error", { error: { message: "Sorry." } }));
    void stream.output;
    void stream.response;
    expect((await catchError(collect(stream))).message).toBe("Sorry.");
  });
});

describe("iterating", () => {
  test("is possible once", async () => {
    const stream = streamOf(whole);
    await collect(stream);
    expect(() => stream[Symbol.asyncIterator]()).toThrow("A stream can be iterated only once.");
  });

  test("answers several at once in order", async () => {
    const events = streamOf(whole)[Symbol.asyncIterator]();
    const results = await Promise.all([1, 2, 3, 4, 5, 6].map(() => events.next()));
    expect(results.map(({ value }) => value)).toEqual([...wholeEvents, undefined, undefined]);
    expect(results.map(({ done }) => done)).toEqual([false, false, false, false, true, true]);
  });

  test("throws a failure once, then is at its end", async () => {
    const events = streamOf(sse("delta", { text: "a" }))[Symbol.asyncIterator]();
    expect((await events.next()).done).toBe(false);
    expect((await catchError(events.next())).kind).toBe("cut-stream");
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });
});

describe("a stream that goes wrong", () => {
  test("tells an error event with its code and the request id", async () => {
    const error = { message: "Cut.", type: "server_error", param: null, code: "LK-3008" };
    const text = `${sse("delta", { text: "a" })}${sse("error", { error })}`;
    expect(await catchError(collect(streamOf(text, { "x-request-id": "req_2" })))).toMatchObject({
      kind: "upstream",
      message: "Cut.",
      type: "server_error",
      param: undefined,
      code: "LK-3008",
      requestId: "req_2",
    });
  });

  test("tells an error event that says nothing", async () => {
    expect((await catchError(collect(streamOf(sse("error", {}))))).message).toBe(
      "The stream ended with an error.",
    );
  });

  const cut = sse("delta", { text: "a" });
  const cuts: Record<string, string> = {
    "after no byte": "",
    "after an event": cut,
    "in the middle of an event": `${cut}event: output\ndata: {"label":`,
    "before the line that ends the output": `${cut}event: output\ndata: ${JSON.stringify(rating)}\n`,
  };
  for (const [place, text] of Object.entries(cuts)) {
    test(`is cut ${place}`, async () => {
      expect(await catchError(streamOf(text, { "x-request-id": "req_3" }).output)).toMatchObject({
        kind: "cut-stream",
        requestId: "req_3",
      });
    });
  }

  test("has its connection broken", async () => {
    const head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
    const { promise: isRead, resolve: hangUp } = Promise.withResolvers<void>();
    const { url } = startRawServer(`${head}${cut.length.toString(16)}\r\n${cut}\r\n20\r\nevent: out`, isRead);
    const events = testClient(url).sentiment.stream(input)[Symbol.asyncIterator]();
    expect((await events.next()).value).toEqual({ type: "delta", text: "a" });
    hangUp();
    expect((await catchError(events.next())).kind).toBe("cut-stream");
  });

  const nonsense: Record<string, string> = {
    "a delta that is no JSON": sse("delta", "{"),
    "a delta without text": sse("delta", { content: "a" }),
    "a delta that is no object": sse("delta", "null"),
    "an output that is no JSON": sse("output", "{"),
    "an error that is no JSON": sse("error", "oops"),
  };
  for (const [name, text] of Object.entries(nonsense)) {
    test(`has ${name}`, async () => expect((await catchError(streamOf(text).output)).kind).toBe("protocol"));
  }

  test("has an event without end", async () => {
    const { promise: left, resolve: leave } = Promise.withResolvers<void>();
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024).fill(120)),
      cancel: () => leave(),
    });
    const { url } = startGateway(() => eventStream(body));
    expect(await catchError(testClient(url).sentiment.stream(input).output)).toMatchObject({
      kind: "protocol",
      message: "An event is longer than 8388608 characters.",
    });
    await left;
  });

  test("is no stream", async () => {
    const { url } = startGateway(() => Response.json(rating));
    expect(await catchError(testClient(url).sentiment.stream(input).output)).toMatchObject({
      kind: "protocol",
      message: "The answer is no event stream (application/json;charset=utf-8).",
    });
  });

  test("is refused before it begins", async () => {
    const error = { message: "Unknown field.", param: "txt", code: "LK-2105" };
    const { url } = startGateway(() => Response.json({ error }, { status: 400 }));
    const stream = testClient(url).sentiment.stream(input);
    expect(await catchError(stream.response)).toMatchObject({ kind: "invalid-input", status: 400, ...error });
    expect((await catchError(stream.output)).code).toBe("LK-2105");
  });

  test("has options that make no sense", async () => {
    const stream = testClient("http://127.0.0.1:1").sentiment.stream(input, { maxRetries: -1 });
    await expect(stream.output).rejects.toThrow(TypeError);
  });
});
