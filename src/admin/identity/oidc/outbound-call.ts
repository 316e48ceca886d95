import { LatchkeyError } from "../../../kernel/error.ts";

/** A call to an identity provider. */
export interface OutboundRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Its answer, whole. */
export interface OutboundAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * Calls an identity provider; follows no redirects.
 * @throws LatchkeyError LK-2025 where there is no answer within the bounds of time and size
 */
export type OutboundCall = (request: OutboundRequest) => Promise<OutboundAnswer>;

/** Bounds of a call. */
export interface OutboundBounds {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** 10 seconds and 512 KiB, where documents and tokens have a few. */
export const defaultOutboundBounds: OutboundBounds = { timeoutMs: 10_000, maxBytes: 524_288 };

/** Makes calls with the platform's HTTP client, within bounds. */
export function createOutboundCall(bounds: OutboundBounds = defaultOutboundBounds): OutboundCall {
  return async ({ method, url, headers, body }) => {
    try {
      const signal = AbortSignal.timeout(bounds.timeoutMs);
      const content = body === undefined ? {} : { body };
      const answer = await fetch(url, { method, headers, ...content, signal, redirect: "manual" });
      return { status: answer.status, body: await readBounded(answer, bounds.maxBytes) };
    } catch (cause) {
      if (cause instanceof LatchkeyError) throw cause;
      const { host } = new URL(url);
      throw new LatchkeyError("LK-2025", undefined, { cause, internal: `${host}: ${String(cause)}` });
    }
  };
}

async function readBounded(answer: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop gives the connection up.
    if (bytes > maxBytes) throw issuerProblem(`an answer has more than ${maxBytes} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** An identity provider that does not do what it should. @param internal what it did; for the log */
export function issuerProblem(internal: string): LatchkeyError {
  return new LatchkeyError("LK-2025", undefined, { internal });
}
