import type { Loss } from "../../canonical/loss.ts";
import type { Usage } from "../../canonical/usage.ts";
import type { VendorError } from "../../canonical/vendor-error.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { ErrorReader, IngressError, StreamDecoder, TargetTraits } from "../dialect.ts";
import type { Envelope, PassedAnswer, Rewrite, StreamTap } from "../passthrough.ts";

/**
 * APIs beside conversations: pictures, speech, transcripts, moderations. Callers speak one shape, OpenAI's; vendors
 * speak that one or their own. What differs from conversations: bodies may be forms with files, and answers may be
 * sound.
 */
export interface TaskDialect<Request, Response, Event, Field extends string, E extends TaskEnvelope> {
  readonly ingress: TaskIngress<Request, Response, Event, Field>;
  /** For targets that speak the caller's shape without quirks. */
  readonly passthrough: TaskPassthrough<E>;
  /** By the shape that the provider's profile names. */
  readonly egress: Readonly<Record<string, TaskEgress<Request, Response, Event, Field>>>;
}

/** A body and what it is. */
export interface TaskBody {
  readonly body: Uint8Array;
  /** As in the header `content-type`; empty where there is none. */
  readonly contentType: string;
}

/** What came from a caller. */
export interface TaskInput extends TaskBody {
  /** Which of the APIs that share a shape was called: `generate` or `edit`, `transcribe` or `translate`. */
  readonly operation?: string;
}

/** What distinguishes a target from others of its shape. Built once, when the tables are. */
export interface TaskTraits extends TargetTraits {
  /** Path of the API below the provider's base URL; `{model}` stands for the model's id. */
  readonly path: string;
}

/** A request in a vendor's words. */
export interface RenderedTask<Field extends string> extends TaskBody {
  readonly path: string;
  /** What was left out or has no words; the request must not be sent when one is not harmless. */
  readonly losses: readonly Loss<Field>[];
  /** Headers of this request alone, such as `accept`. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Whether the answer is going to be a stream for `decodeStream`, rather than whole. */
  readonly streams: boolean;
}

/** Speaks to vendors. */
export interface TaskEgress<Request, Response, Event, Field extends string> {
  readonly renderRequest: (request: Request, traits: TaskTraits) => RenderedTask<Field>;
  /** Whether files have to be handed in as their bytes: the gateway fetches those that are URLs before it renders. */
  readonly needsInlineMedia?: true;
  /** Reads a whole answer; an error where it tells one in spite of its status, `undefined` where it is no answer. */
  readonly parseResponse: (
    answer: TaskBody,
    request: Request,
    traits: TaskTraits,
  ) => Response | TaskFailure | undefined;
  /** Reads an answer as it comes. Absent where the vendor has whole ones only. */
  readonly decodeStream?: (
    request: Request,
    traits: TaskTraits,
    emit: (event: Event) => void,
  ) => StreamDecoder;
  /** Reads an error's body, in whatever shape; never throws. */
  readonly parseError: ErrorReader;
  /** See `ChatEgress`. */
  readonly isOwnError?: (value: unknown) => boolean;
}

/** A failure that came under a status that says otherwise, such as a prompt that was blocked. */
export interface TaskFailure {
  readonly failure: VendorError;
}

/** A caller's request, understood. */
export interface ParsedTask<Request> {
  readonly request: Request;
  /** Members that the canonical form has no word for: only the same shape could pass them on. */
  readonly losses: readonly Loss<never>[];
}

/** What an answer needs to know of its request. */
export interface TaskContext<Request> {
  readonly request: Request;
  /** The model's name as the caller says it. */
  readonly model: string;
  /** For ids that the vendor does not give. */
  readonly requestId: string;
  /** Seconds since the Unix epoch, for times that the vendor does not give. */
  readonly nowS: number;
}

/** Speaks to callers. */
export interface TaskIngress<Request, Response, Event, Field extends string> {
  /** @throws LatchkeyError LK-2101, LK-2102, LK-2103, LK-2104 or LK-2108, with `param` as the caller wrote it. */
  readonly parseRequest: (input: TaskInput) => ParsedTask<Request>;
  readonly renderResponse: (response: Response, context: TaskContext<Request>) => TaskBody;
  readonly encodeStream: (context: TaskContext<Request>) => TaskStreamEncoder<Event>;
  /** A whole answer as the steps of a stream, for callers that want one of a vendor that has none. */
  readonly eventsOf: (response: Response, context: TaskContext<Request>) => readonly Event[];
  /** Body of an error's answer. */
  readonly renderError: (error: IngressError) => JsonObject;
  /** Where a member of the canonical request stands in the caller's body: `response_format`. */
  readonly fieldName: (field: Field) => string;
}

/** Puts a stream together for a caller. */
export interface TaskStreamEncoder<Event> {
  /** The event's wire text, framing included; empty where there is nothing to say. */
  readonly encode: (event: Event) => string;
  /** An error in the middle of the stream, which ends it. */
  readonly fail: (error: IngressError) => string;
}

/** What the gateway has to know of a request before it passes the bytes on. */
export interface TaskEnvelope extends Envelope, TaskInput {}

/** Passes requests and answers on as they are, but for the model's name. One object for all calls. */
export interface TaskPassthrough<E extends TaskEnvelope> {
  /** @throws LatchkeyError LK-2101, LK-2102, LK-2103, LK-2104 or LK-2108, with `param` as the caller wrote it. */
  readonly readEnvelope: (input: TaskInput) => E;
  /** The request's bytes for a target; their content type stays the caller's. `askForUsage` means nothing here. */
  readonly rewrite: (envelope: E, rewrite: Rewrite) => Uint8Array;
  /** Looks at a whole answer. Never throws. */
  readonly readAnswer: (answer: TaskBody, envelope: E) => PassedAnswer;
  /** Usage by the last bytes of an answer that is too large to be held. */
  readonly readTail: (tail: Uint8Array, envelope: E) => Usage | undefined;
  /** For answers of type `text/event-stream`. */
  readonly createTap: (envelope: E) => StreamTap;
}
