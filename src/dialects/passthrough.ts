import type { Usage } from "../canonical/usage.ts";
import type { VendorError } from "../canonical/vendor-error.ts";
import type { IngressError, RequestPath, TargetTraits, ToldAnswer } from "./dialect.ts";

/** What the gateway has to know of a request before it passes the bytes on. A dialect adds what it needs itself. */
export interface Envelope {
  readonly body: Uint8Array;
  /** Name of the model that the caller asks for. */
  readonly model: string;
  readonly stream: boolean;
}

/** How a request is changed for one target of the caller's own dialect. Prepared when the tables are built. */
export interface Rewrite {
  /** JSON text of the upstream's model id, quotes included. */
  readonly modelJson: Uint8Array;
  /** Whether to ask for usage in a stream where the caller did not. */
  readonly askForUsage: boolean;
}

/** What a whole answer that is passed on says. */
export type PassedAnswer =
  | {
      readonly ok: true;
      readonly usage: Usage | undefined;
      /** What goes to the caller instead of the bytes that came; absent: they do. */
      readonly told?: Uint8Array;
    }
  /** It is no answer in this dialect. */
  | { readonly ok: false };

/**
 * Passes requests and answers of one dialect on as they are: the bytes stay what they were but for the model's name
 * and the wish for usage. One object for all calls.
 */
export interface Passthrough<E extends Envelope = Envelope> {
  /** @throws LatchkeyError LK-2101 (no JSON), LK-2102 (a field missing or wrong), LK-2103 (a field twice). */
  readEnvelope(body: Uint8Array, path: RequestPath): E;
  /** The request's bytes for a target. */
  rewrite(envelope: E, target: Rewrite): Uint8Array;
  /** Looks at a whole answer. Never throws. */
  readAnswer(body: Uint8Array): PassedAnswer;
  /** Usage in the last bytes of an answer that is too large to be held; `undefined` where it is not there. */
  readTail(tail: Uint8Array): Usage | undefined;
  createTap(envelope: E): StreamTap;
  /** What has to be kept of a whole answer, which is its JSON text; absent where nothing ever has. Never throws. */
  toldAnswer?(text: string): ToldAnswer | undefined;
  /** Headers of the caller (lower-case names) that belong to the body, such as the version that it is written for. */
  readonly headers?: readonly string[];
  /**
   * Texts (ASCII) of requests that this target would not take as they are, such as a member that it knows under another
   * name: where one occurs, the request is translated instead. `all`: nothing passes. Absent: everything does.
   */
  foreignTexts?(traits: TargetTraits): readonly string[] | "all";
}

/**
 * Watches a stream that is passed on as it is. `feed` and `end` answer the bytes to be passed on, `undefined` for
 * none.
 */
export interface StreamTap {
  feed(chunk: Uint8Array): Uint8Array | undefined;
  /** The upstream has ended: what is left of the last line, if it counts. */
  end(): Uint8Array | undefined;
  readonly usage: Usage | undefined;
  /** What has to be kept, once the answer is whole; absent where nothing ever has. */
  readonly answer?: ToldAnswer | undefined;
  /** Whether the vendor has said that the answer is whole. */
  readonly complete: boolean;
  /**
   * Whether the vendor's last word has come, so that a connection that breaks takes nothing with it. Absent: where the
   * stream is complete.
   */
  readonly isEnded?: boolean;
  /** What the dialect's clients wait for at the end and the vendor left out; only where the stream is complete. */
  readonly missingEnd: string | undefined;
  /** The vendor's own error, where it has failed in the middle. */
  readonly upstreamError: VendorError | undefined;
  /** A line has grown too long to be one. */
  readonly overlong: boolean;
  /** An event was no JSON: it and what follows are not passed on. Absent: not looked for. */
  readonly damaged?: boolean;
  /** An error of the gateway's own that ends the stream, framing included. */
  fail(error: IngressError): string;
}
