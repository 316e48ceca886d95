import { BodyDeadlines } from "../../../src/front/body-deadlines.ts";
import { HeadReader } from "../../../src/front/head-reader.ts";
import { IncomingBody } from "../../../src/front/incoming-body.ts";
import { ProtocolError } from "../../../src/http/protocol-error.ts";
import type { Served } from "./front.ts";

/** What a connection has to make of bytes. */
export interface ReadRequests {
  /** Whole requests, each with all the bytes that it was sent in. */
  readonly requests: readonly (Served & { readonly sent: string })[];
  /** Why there are no more: all was read, the next one is not whole, or is refused, or the last one ends its connection. */
  readonly end: "read" | "cut" | "refused" | "closed";
}

const limits = { maxBytes: 1e6, timeoutMs: 1e6 };

/** Reads all the requests in bytes that came in one piece, without a connection. */
export async function readRequests(text: string): Promise<ReadRequests> {
  const requests: (Served & { readonly sent: string })[] = [];
  const reader = new HeadReader();
  for (let at = 0; ; ) {
    // Chunks are moved together where they lie.
    const bytes = Buffer.from(text.slice(at), "latin1");
    if (bytes.length === 0) return { requests, end: "read" };
    try {
      const head = reader.read(bytes);
      if (head === undefined) return { requests, end: reader.isEmpty ? "read" : "cut" };
      const body = new IncomingBody(head.framing);
      const end = body.isComplete ? reader.end : body.feed(bytes, reader.end);
      if (!body.isComplete) return { requests, end: "cut" };
      const { method, path, query } = head;
      const whole = await body.read(limits, head.framing.length, new BodyDeadlines());
      requests.push({
        method,
        path,
        query,
        headers: [...head.headers.entries()],
        body: Buffer.from(whole).toString("latin1"),
        sent: text.slice(at, at + end),
      });
      at += end;
      if (!head.framing.isPersistent) return { requests, end: "closed" };
    } catch (thrown) {
      if (thrown instanceof ProtocolError) return { requests, end: "refused" };
      throw thrown;
    }
  }
}
