import { describe, expect, test } from "bun:test";
import { catchError, collect } from "./support/catch-error.ts";
import { controlledStream, sse } from "./support/event-stream.ts";
import { startGateway, testClient } from "./support/gateway.ts";
import { ManualClock } from "./support/manual-clock.ts";

const input = { text: "Hm." };
const chunk = { id: "1", object: "chat.completion.chunk", created: 1, model: "fast" };
const chatChunk = sse(undefined, {
  ...chunk,
  choices: [{ index: 0, delta: { content: "a" }, finish_reason: null }],
});

/** A gateway that never answers, and knows when it was called and when its caller left. */
function silentGateway() {
  const called = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  const gateway = startGateway((request) => {
    request.signal.addEventListener("abort", () => left.resolve());
    called.resolve();
    return new Promise<Response>(() => undefined);
  });
  return { ...gateway, called: called.promise, left: left.promise };
}

/** A gateway that streams what the test writes. */
function streamingGateway() {
  const stream = controlledStream();
  const { url } = startGateway(() => stream.response);
  return { ...stream, url };
}

describe("the caller's signal", () => {
  test("aborted before the call sends nothing", async () => {
    const { url, received } = silentGateway();
    const call = testClient(url).sentiment(input, { signal: AbortSignal.abort("changed my mind") });
    expect(await catchError(call)).toMatchObject({ kind: "aborted", cause: "changed my mind" });
    expect(received).toEqual([]);
  });

  test("reaches a gateway that has not answered yet", async () => {
    const { url, called, left } = silentGateway();
    const controller = new AbortController();
    const call = testClient(url, { maxRetries: 5 }).sentiment(input, { signal: controller.signal });
    await called;
    controller.abort();
    expect((await catchError(call)).kind).toBe("aborted");
    await left;
  });

  test("ends a wait between attempts", async () => {
    const { url, received } = startGateway(() => new Response(null, { status: 503 }));
    const clock = new ManualClock();
    const controller = new AbortController();
    const call = testClient(url, { maxRetries: 5, clock }).sentiment(input, { signal: controller.signal });
    await clock.whenSet(2);
    controller.abort();
    expect((await catchError(call)).kind).toBe("aborted");
    expect(received).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  test("ends an answer whose body has not come in full", async () => {
    const stream = controlledStream();
    const { url } = startGateway(() => new Response(stream.response.body));
    const controller = new AbortController();
    const started = Promise.withResolvers<void>();
    const client = testClient(url, {
      fetch: async (address, init) => {
        const response = await fetch(address, init);
        started.resolve();
        return response;
      },
    });
    const call = client.sentiment(input, { signal: controller.signal });
    stream.write('{"label":');
    await started.promise;
    controller.abort();
    expect((await catchError(call)).kind).toBe("aborted");
    await stream.left;
  });

  test("ends a stream and reaches the gateway", async () => {
    const { url, write, left } = streamingGateway();
    const controller = new AbortController();
    const stream = testClient(url).sentiment.stream(input, { signal: controller.signal });
    const events = stream[Symbol.asyncIterator]();
    write(sse("delta", { text: "a" }));
    await events.next();
    const next = events.next();
    controller.abort();
    const error = await catchError(next);
    expect(error.kind).toBe("aborted");
    expect(await catchError(stream.output)).toBe(error);
    await left;
  });

  test("is let go of when the call is over", async () => {
    const { url } = startGateway(() => Response.json({ label: "neutral", confidence: 1 }));
    const listeners = new Set<unknown>();
    const { signal } = new AbortController();
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (type: string, listener: EventListener) => {
      listeners.add(listener);
      add(type, listener);
    };
    signal.removeEventListener = (type: string, listener: EventListener) => {
      listeners.delete(listener);
      remove(type, listener);
    };
    const clock = new ManualClock();
    const client = testClient(url, { clock });
    await client.sentiment(input, { signal });
    expect(listeners.size).toBe(0);
    expect(clock.pending).toBe(0);
  });
});

describe("leaving a stream early", () => {
  test("aborts an endpoint's call, and its output says so", async () => {
    const { url, write, left } = streamingGateway();
    write(sse("delta", { text: "a" }));
    const stream = testClient(url).sentiment.stream(input);
    for await (const event of stream) {
      expect(event).toEqual({ type: "delta", text: "a" });
      break;
    }
    await left;
    expect(await catchError(stream.output)).toMatchObject({
      kind: "aborted",
      message: "The stream was left before its end.",
    });
  });

  test("by an exception in the loop does the same", async () => {
    const { url, write, left } = streamingGateway();
    write(chatChunk);
    const reading = (async () => {
      for await (const _ of testClient(url).chat.stream({ model: "fast", messages: [] })) {
        throw new Error("the reader failed");
      }
    })();
    await expect(reading).rejects.toThrow("the reader failed");
    await left;
  });

  test("aborts a chat that is read as text", async () => {
    const { url, write, left } = streamingGateway();
    write(chatChunk);
    for await (const text of testClient(url).chat.stream({ model: "fast", messages: [] }).text()) {
      expect(text).toBe("a");
      break;
    }
    await left;
  });

  test("while the next event is awaited does not wait for it", async () => {
    const { url, write, left } = streamingGateway();
    write(sse("delta", { text: "a" }));
    const events = testClient(url).sentiment.stream(input)[Symbol.asyncIterator]();
    await events.next();
    const pending = events.next();
    expect(await events.return?.()).toEqual({ done: true, value: undefined });
    expect(await pending).toEqual({ done: true, value: undefined });
    await left;
  });

  test("before the gateway has answered reaches it", async () => {
    const { url, called, left } = silentGateway();
    const events = testClient(url).sentiment.stream(input)[Symbol.asyncIterator]();
    const pending = events.next();
    await called;
    await events.return?.();
    expect((await pending).done).toBe(true);
    await left;
  });

  test("before it began sends nothing", async () => {
    const { url, received } = silentGateway();
    const events = testClient(url).sentiment.stream(input)[Symbol.asyncIterator]();
    await events.return?.();
    expect((await events.next()).done).toBe(true);
    expect(received).toEqual([]);
  });

  test("at its end is no abort: the gateway may finish by itself", async () => {
    const { url, write, close, left } = streamingGateway();
    let hasLeft = false;
    void left.then(() => {
      hasLeft = true;
    });
    write(sse("output", { label: "neutral", confidence: 1 }));
    const clock = new ManualClock();
    const stream = testClient(url, { clock }).sentiment.stream(input);
    for await (const event of stream) if (event.type === "output") break;
    expect((await stream.output).label).toBe("neutral");
    // The second timer is the limit of the gateway's patience; it goes away when the gateway ends its answer.
    await clock.whenSet(2);
    close();
    await clock.whenIdle();
    expect(hasLeft).toBe(false);
  });

  test("ends a gateway that does not finish by itself", async () => {
    const { url, write, left } = streamingGateway();
    write(sse("output", { label: "neutral", confidence: 1 }));
    const clock = new ManualClock();
    await testClient(url, { clock }).sentiment.stream(input).output;
    await clock.whenSet(2);
    clock.advance(1_000);
    await left;
    expect(clock.pending).toBe(0);
  });
});

describe("the time limit", () => {
  test("ends a call that is not answered, and reaches the gateway", async () => {
    const { url, left, received } = silentGateway();
    const call = testClient(url, { maxRetries: 5 }).sentiment(input, { timeoutMs: 50 });
    expect(await catchError(call)).toMatchObject({
      kind: "timeout",
      message: "The call took longer than its limit of 50 ms.",
    });
    await left;
    expect(received).toHaveLength(1);
  });

  test("ends a stream that stalls", async () => {
    const { url, write, left } = streamingGateway();
    write(chatChunk);
    const stream = testClient(url, { timeoutMs: 50 }).chat.stream({ model: "fast", messages: [] });
    expect((await catchError(collect(stream))).kind).toBe("timeout");
    await left;
  });

  test("ends a body that stalls", async () => {
    const stream = controlledStream();
    const { url } = startGateway(() => new Response(stream.response.body));
    stream.write('{"label":');
    expect((await catchError(testClient(url, { timeoutMs: 50 }).sentiment(input))).kind).toBe("timeout");
    await stream.left;
  });

  test("ends an error page that stalls", async () => {
    const stream = controlledStream();
    const { url } = startGateway(() => new Response(stream.response.body, { status: 500 }));
    stream.write("<html>");
    expect((await catchError(testClient(url, { timeoutMs: 50 }).sentiment(input))).kind).toBe("timeout");
    await stream.left;
  });

  test("counts all attempts together", async () => {
    const { url } = startGateway((_, attempt) =>
      attempt === 1 ? new Response(null, { status: 503 }) : new Promise<Response>(() => undefined),
    );
    const clock = new ManualClock();
    const call = testClient(url, { maxRetries: 1, timeoutMs: 1_000, clock, random: () => 0.5 }).sentiment(
      input,
    );
    const error = catchError(call);
    await clock.whenSet(2);
    clock.advance(250);
    clock.advance(749);
    expect(clock.pending).toBe(1);
    clock.advance(1);
    expect((await error).kind).toBe("timeout");
  });
});
