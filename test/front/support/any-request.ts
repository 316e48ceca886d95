import fc from "fast-check";

/** A request that every reader of HTTP/1.1 understands. */
export interface AnyRequest {
  /** The request as it is sent, as latin1. */
  readonly text: string;
  readonly head: string;
  /** The body without its framing. */
  readonly body: string;
}

const method = fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");
const path = fc.stringMatching(/^\/[\w\-.~/%]{0,12}$/);
const query = fc.oneof(fc.constant(""), fc.stringMatching(/^\?[\w=&?/%]{0,12}$/));
const blank = fc.constantFrom("", " ", "\t", "  ");
const value = fc.stringMatching(/^([!-~\u00a1-\u00ff]([ \t!-~\u00a1-\u00ff]{0,10}[!-~])?)?$/);
const header = fc
  .tuple(fc.stringMatching(/^[Xx]-[\w!#$%&'*+.^`|~-]{1,8}$/), blank, value, blank)
  .map(([name, before, text, after]) => `${name}:${before}${text}${after}\r\n`);
const connection = fc.constantFrom("", "", "Connection: keep-alive\r\n", "connection: TE, Keep-Alive\r\n");
const type = fc.constantFrom("", "Content-Type: text/plain\r\n", "CONTENT-TYPE: application/json\r\n");
const bodyText = fc
  .array(fc.nat(255), { maxLength: 60 })
  .map((bytes) => Buffer.from(bytes).toString("latin1"));

/** The body in chunks of the given sizes, with an extension and trailers here and there. */
export function chunked(body: string, sizes: readonly number[], extension = "", trailers = ""): string {
  let text = "";
  let at = 0;
  for (let turn = 0; at < body.length; turn++) {
    const piece = body.slice(at, at + (sizes[turn % sizes.length] ?? 1));
    text += `${piece.length.toString(16)}${extension}\r\n${piece}\r\n`;
    at += piece.length;
  }
  return `${text}0\r\n${trailers}\r\n`;
}

interface Framed {
  readonly lines: string;
  readonly wire: string;
  readonly body: string;
}

const framed: fc.Arbitrary<Framed> = fc.oneof(
  fc.constant({ lines: "", wire: "", body: "" }),
  bodyText.map((body) => ({ lines: `Content-Length: ${body.length}\r\n`, wire: body, body })),
  fc
    .tuple(
      bodyText,
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 }),
      fc.constantFrom("", ";a", ";a=b", ';a="b c"'),
      fc.constantFrom("", "X-T: 1\r\n", "x-t: \r\nx-u: a b\r\n"),
    )
    .map(([body, sizes, extension, trailers]) => ({
      lines: "Transfer-Encoding: chunked\r\n",
      wire: chunked(body, sizes, extension, trailers),
      body,
    })),
);

/** Requests that keep their connection open. */
export const anyRequest: fc.Arbitrary<AnyRequest> = fc
  .record({
    method,
    target: fc.tuple(path, query).map((parts) => parts.join("")),
    before: fc.array(header, { maxLength: 3 }),
    after: fc.array(header, { maxLength: 3 }),
    type,
    connection,
    framed,
  })
  .map((parts) => {
    const { lines, wire, body } = parts.framed;
    const first = `${parts.method} ${parts.target} HTTP/1.1\r\n`;
    const others = `Host: a:80\r\n${parts.type}${lines}${parts.connection}${parts.after.join("")}`;
    const head = `${first}${parts.before.join("")}${others}\r\n`;
    return { text: head + wire, head, body };
  });

/** Heads of such requests. */
export const anyHead: fc.Arbitrary<string> = anyRequest.map(({ head }) => head);
