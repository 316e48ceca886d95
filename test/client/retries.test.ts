import { describe, expect, test } from "bun:test";
import type { ClientOptions } from "../../sdk/client/index.ts";
import { catchError } from "./support/catch-error.ts";
import { controlledStream, eventStream, sse } from "./support/event-stream.ts";
import { startGateway, testClient } from "./support/gateway.ts";
import { ManualClock } from "./support/manual-clock.ts";

const rating = { label: "positive", confidence: 0.9 };
const failure = (status: number, headers: Record<string, string> = {}): Response =>
  Response.json({ error: { message: `failed with ${status}` } }, { status, headers });

/** A client on a clock that stands still, and a way to let its next waits pass one after the other. */
function patientClient(url: string, options: Partial<ClientOptions> = {}) {
  const clock = new ManualClock();
  const client = testClient(url, { maxRetries: 2, clock, random: () => 0.5, ...options });
  const passWaits = async (count: number): Promise<void> => {
    for (let wait = 1; wait <= count; wait += 1) {
      await clock.whenSet(wait + 1);
      clock.advance(clock.delays.at(-1) ?? 0);
    }
  };
  /** The waits between attempts: all timers but the first, which is the call's time limit. */
  const waits = (): number[] => clock.delays.slice(1);
  return { client, clock, passWaits, waits };
}

describe("what is sent again", () => {
  for (const status of [408, 429, 502, 503, 504]) {
    test(`a call answered with ${status}, until it succeeds`, async () => {
      const { url, received } = startGateway((_, attempt) =>
        attempt < 3 ? failure(status) : Response.json(rating),
      );
      const { client, passWaits, waits } = patientClient(url);
      const [answer] = await Promise.all([client.sentiment({ text: "Hm." }), passWaits(2)]);
      expect(answer).toEqual({ label: "positive", confidence: 0.9 });
      expect(received).toHaveLength(3);
      expect(received.map(({ body }) => body)).toEqual(Array(3).fill({ text: "Hm." }));
      expect(waits()).toEqual([250, 500]);
    });
  }

  test("a call that found nobody", async () => {
    let attempts = 0;
    const fetch = async (): Promise<Response> => {
      attempts += 1;
      if (attempts < 3) throw new TypeError("fetch failed");
      return Response.json(rating);
    };
    const { client, passWaits } = patientClient("http://127.0.0.1:1", { fetch });
    const [answer] = await Promise.all([client.sentiment({ text: "Hm." }), passWaits(2)]);
    expect(answer).toEqual({ label: "positive", confidence: 0.9 });
  });

  test("a stream that has not begun", async () => {
    const text = sse("output", rating);
    const { url, received } = startGateway((_, attempt) => (attempt < 2 ? failure(503) : eventStream(text)));
    const { client, passWaits } = patientClient(url);
    const [output] = await Promise.all([client.sentiment.stream({ text: "Hm." }).output, passWaits(1)]);
    expect(output).toEqual({ label: "positive", confidence: 0.9 });
    expect(received).toHaveLength(2);
  });
});

describe("what is not sent again", () => {
  for (const status of [400, 401, 403, 404, 409, 410, 413, 422, 500]) {
    test(`a call answered with ${status}`, async () => {
      const { url, received } = startGateway(() => failure(status));
      const { client, waits } = patientClient(url);
      expect((await catchError(client.sentiment({ text: "Hm." }))).status).toBe(status);
      expect(received).toHaveLength(1);
      expect(waits()).toEqual([]);
    });
  }

  test("a call whose answer makes no sense", async () => {
    const { url, received } = startGateway(() => new Response("<html>"));
    expect((await catchError(patientClient(url).client.sentiment({ text: "Hm." }))).kind).toBe("protocol");
    expect(received).toHaveLength(1);
  });

  test("a stream that has begun", async () => {
    const stream = controlledStream();
    const { url, received } = startGateway(() => stream.response);
    stream.write(": ping\n\n");
    stream.close();
    const call = patientClient(url).client.sentiment.stream({ text: "Hm." }).output;
    expect((await catchError(call)).kind).toBe("cut-stream");
    expect(received).toHaveLength(1);
  });
});

describe("how often", () => {
  test("no more than allowed; the last error is told", async () => {
    const { url, received } = startGateway((_, attempt) => failure(attempt < 3 ? 503 : 502));
    const { client, passWaits } = patientClient(url);
    const [error] = await Promise.all([catchError(client.sentiment({ text: "Hm." })), passWaits(2)]);
    expect(error).toMatchObject({ status: 502, message: "failed with 502" });
    expect(received).toHaveLength(3);
  });

  test("as the call itself says", async () => {
    const { url, received } = startGateway(() => failure(503));
    const { client } = patientClient(url);
    await catchError(client.sentiment({ text: "Hm." }, { maxRetries: 0 }));
    expect(received).toHaveLength(1);
  });
});

describe("Retry-After", () => {
  test("in seconds sets the wait", async () => {
    const { url } = startGateway((_, attempt) =>
      attempt < 2 ? failure(429, { "retry-after": "7" }) : Response.json(rating),
    );
    const { client, passWaits, waits } = patientClient(url);
    await Promise.all([client.sentiment({ text: "Hm." }), passWaits(1)]);
    expect(waits()).toEqual([7_000]);
  });

  test("as a date is read against the client's clock", async () => {
    const { url } = startGateway((_, attempt) =>
      attempt < 2 ? failure(503, { "retry-after": "Thu, 01 Jan 2026 00:00:09 GMT" }) : Response.json(rating),
    );
    const { client, passWaits, waits } = patientClient(url);
    await Promise.all([client.sentiment({ text: "Hm." }), passWaits(1)]);
    expect(waits()).toEqual([9_000]);
  });

  test("beyond the time limit gives up at once", async () => {
    const { url, received } = startGateway(() => failure(429, { "retry-after": "60" }));
    const { client, waits } = patientClient(url, { timeoutMs: 60_000 });
    expect(await catchError(client.sentiment({ text: "Hm." }))).toMatchObject({
      kind: "rate-limit",
      retryAfterMs: 60_000,
    });
    expect(received).toHaveLength(1);
    expect(waits()).toEqual([]);
  });

  test("counts against what is left of the time limit", async () => {
    const { url, received } = startGateway(() => failure(429, { "retry-after": "40" }));
    const { client, passWaits, waits } = patientClient(url, { timeoutMs: 60_000 });
    const [error] = await Promise.all([catchError(client.sentiment({ text: "Hm." })), passWaits(1)]);
    expect(error.kind).toBe("rate-limit");
    expect(received).toHaveLength(2);
    expect(waits()).toEqual([40_000]);
  });
});
