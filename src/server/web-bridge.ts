import {
  headerLine,
  type IncomingRequest,
  type Reply,
  type ReplyProducer,
  type ReplySink,
} from "../http/exchange.ts";

/** Headers that frame a body: a reply's are made anew. */
const FRAMING: ReadonlySet<string> = new Set([
  "content-length",
  "transfer-encoding",
  "connection",
  "date",
  "keep-alive",
]);

const encoder = new TextEncoder();

const EVENT_STREAM = "text/event-stream";

/** Not the caller's `Host`: what HTTP allows there need not be one that a URL can hold, and no route asks. */
const ORIGIN = "http://localhost";

/**
 * A request in the form that Elysia takes. Its URL holds the path as it was sent: no path that has to be resolved comes
 * this far.
 * @param body absent where the method has none
 */
export function toWebRequest(request: IncomingRequest, body?: Uint8Array): Request {
  const headers = new Headers();
  for (const [name, value] of request.headers.entries()) headers.append(name, value);
  const url = `${ORIGIN}${request.path}${request.query === "" ? "" : `?${request.query}`}`;
  return new Request(url, {
    method: request.method,
    headers,
    ...(body !== undefined && { body: body as Uint8Array<ArrayBuffer> }),
  });
}

/** What a web app does with a request. */
export type WebHandle = (request: Request) => Response | Promise<Response>;

/**
 * A web app's reply to a request without a body. Never rejects.
 * @param fail makes the reply where the app throws or its answer breaks before it is whole
 */
export async function askWebApp(
  handle: WebHandle,
  request: IncomingRequest,
  fail: (thrown: unknown) => Reply,
): Promise<Reply> {
  try {
    return await fromWebResponse(await handle(toWebRequest(request)));
  } catch (thrown) {
    return fail(thrown);
  }
}

/** A reply out of what Elysia answers. Event streams leave as they come, everything else when it is whole. */
export async function fromWebResponse(response: Response): Promise<Reply> {
  let headers = "";
  response.headers.forEach((value, name) => {
    if (!FRAMING.has(name)) headers += headerLine(name, value);
  });
  const { status, body } = response;
  if (body === null) return { status, headers, body: new Uint8Array() };
  const isStream = response.headers.get("content-type")?.startsWith(EVENT_STREAM) === true;
  return { status, headers, body: isStream ? streamOf(body) : await response.bytes() };
}

/** A stream's pieces, at the caller's pace. */
function streamOf(body: ReadableStream<Uint8Array | string>): ReplyProducer {
  const reader = body.getReader();
  let gate = Promise.withResolvers<void>();
  gate.resolve();
  const pump = async (sink: ReplySink): Promise<void> => {
    for (;;) {
      await gate.promise;
      const { done, value } = await reader.read();
      if (done) return sink.close();
      // What is enqueued as text comes as text where no server has turned it into bytes.
      sink.write(typeof value === "string" ? encoder.encode(value) : value);
      sink.flush();
    }
  };
  return {
    start: (sink) => void pump(sink).catch(() => sink.fail()),
    pause() {
      gate = Promise.withResolvers<void>();
    },
    resume: () => gate.resolve(),
    leave: () => void reader.cancel().catch(() => {}),
  };
}
