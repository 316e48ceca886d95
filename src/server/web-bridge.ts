import { headerLine, type IncomingRequest, type Reply } from "../http/exchange.ts";

/** Headers that frame a body: a reply's are made anew. */
const FRAMING: ReadonlySet<string> = new Set([
  "content-length",
  "transfer-encoding",
  "connection",
  "date",
  "keep-alive",
]);

/** Not the caller's `Host`: what HTTP allows there need not be one that a URL can hold, and no route asks. */
const ORIGIN = "http://localhost";

/**
 * A request in the form that Elysia takes. Its URL holds the path as it was sent: no path that has to be resolved comes
 * this far.
 */
function toWebRequest({ headers: given, path, query, method }: IncomingRequest): Request {
  const headers = new Headers();
  for (const [name, value] of given.entries()) headers.append(name, value);
  return new Request(`${ORIGIN}${path}${query === "" ? "" : `?${query}`}`, { method, headers });
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

/** A reply out of what Elysia answers, once that is whole. */
async function fromWebResponse(response: Response): Promise<Reply> {
  let headers = "";
  response.headers.forEach((value, name) => {
    if (!FRAMING.has(name)) headers += headerLine(name, value);
  });
  return { status: response.status, headers, body: await response.bytes() };
}
