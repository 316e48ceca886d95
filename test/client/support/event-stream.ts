/** An event of a stream as text. */
export function sse(event: string | undefined, data: unknown): string {
  const text = typeof data === "string" ? data : JSON.stringify(data);
  return `${event === undefined ? "" : `event: ${event}\n`}data: ${text}\n\n`;
}

/** A whole event stream as an answer. */
export function eventStream(
  text: string | ReadableStream<Uint8Array>,
  headers: Record<string, string> = {},
): Response {
  return new Response(text, { headers: { "content-type": "text/event-stream; charset=utf-8", ...headers } });
}

/** A `fetch` whose answer arrives in exactly these pieces. */
export function fetchInPieces(pieces: Iterable<Uint8Array>): () => Promise<Response> {
  return async () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    });
    return eventStream(body);
  };
}

/** Bytes cut in two at each place, and into single bytes. */
export function* everyCut(bytes: Uint8Array): Generator<Uint8Array[]> {
  for (let cut = 0; cut <= bytes.length; cut += 1) yield [bytes.slice(0, cut), bytes.slice(cut)];
  yield Array.from(bytes, (byte) => Uint8Array.of(byte));
}

/** An event stream that a test writes to while it is read, and that knows when its reader has left. */
export function controlledStream(): {
  readonly response: Response;
  write(text: string): void;
  close(): void;
  readonly left: Promise<void>;
} {
  const encoder = new TextEncoder();
  const { promise: left, resolve: leave } = Promise.withResolvers<void>();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (started) => {
      controller = started;
    },
    cancel: () => leave(),
  });
  return {
    response: eventStream(body),
    write: (text) => controller?.enqueue(encoder.encode(text)),
    close: () => controller?.close(),
    left,
  };
}
