import type { Usage } from "../../canonical/usage.ts";
import type { StreamTap } from "../../dialects/dialect.ts";

/** What the gateway has to know of a request before it passes the bytes on. */
export interface Envelope {
  readonly body: Uint8Array;
  /** Name of the model that the caller asks for. */
  readonly model: string;
  readonly stream: boolean;
}

/** How a request is changed for one target of the caller's own dialect. */
export interface Rewrite {
  /** JSON text of the upstream's model id, quotes included. */
  readonly modelJson: Uint8Array;
  /** Whether to ask for usage in a stream where the caller did not. */
  readonly askForUsage: boolean;
}

/** What a whole answer that is passed on says. */
export type PassedAnswer =
  | { readonly ok: true; readonly usage: Usage | undefined }
  /** It is no answer in this dialect. */
  | { readonly ok: false };

/** What stands in the path of a request, for the dialects that keep something there. */
export interface PathParts {
  readonly model?: string;
  readonly stream?: boolean;
}

/** Passes requests and answers of one dialect on as they are. One object for all calls. */
export interface Passthrough<E extends Envelope = Envelope> {
  /** @throws LatchkeyError LK-2101 (no JSON), LK-2102 (a field missing or wrong), LK-2103 (a field twice). */
  readonly readEnvelope: (body: Uint8Array, path: PathParts) => E;
  /** The request's bytes for a target. */
  readonly rewrite: (envelope: E, rewrite: Rewrite) => Uint8Array;
  readonly readAnswer: (body: Uint8Array) => PassedAnswer;
  readonly createTap: (envelope: E) => StreamTap;
}
