import type { ChatRequest, ChatRequestField } from "../canonical/chat-request.ts";
import type { ChatResponse } from "../canonical/chat-response.ts";
import type { ChatDialectName } from "../canonical/content.ts";
import type { Loss } from "../canonical/loss.ts";
import type { StreamEvent } from "../canonical/stream-event.ts";
import type { VendorError } from "../canonical/vendor-error.ts";
import type { JsonObject } from "../kernel/json.ts";
import type { ExactMembers } from "../kernel/json-exact.ts";
import type { AnswerChange } from "./emulation/answer-change.ts";
import type { Passthrough } from "./passthrough.ts";

/**
 * The two sides of a wire format of conversations. `egress` speaks to vendors, `ingress` to callers; a dialect that
 * no caller speaks has the first side only. Whatever a dialect makes per call is a plain object; what can be made
 * once is made when the tables are built.
 */
export interface ChatDialect {
  readonly name: ChatDialectName;
  readonly egress: ChatEgress;
}

/** Dialects that callers speak. */
export type CallerDialectName = "openai-chat" | "openai-responses" | "anthropic-messages" | "gemini";

/** A dialect that callers speak. */
export interface CallerDialect extends ChatDialect {
  readonly name: CallerDialectName;
  readonly ingress: ChatIngress;
  /** For targets that speak the same dialect. */
  readonly passthrough: Passthrough;
}

/** What distinguishes a target from others of its dialect. Built once, when the tables are. */
export interface TargetTraits {
  /** The vendor's id of the model. */
  readonly upstreamModel: string;
  /** Tokens that the model can write at most, where the catalog knows; some vendors want a limit in every call. */
  readonly maxOutputTokens?: number;
  /** What the model cannot do although its dialect has words for it. Absent: it can, as far as is known. */
  readonly lacks?: readonly TargetLack[];
  /** Departures of a vendor from the dialect that it speaks; names and values are the dialect's own. */
  readonly quirks?: Readonly<Record<string, string | number | boolean>>;
}

/** Parts of a message that may be named by URLs. */
export type MediaKind = "image" | "file" | "audio";

/** Something that a model cannot do. */
export type TargetLack =
  | "tools"
  | "json-schema"
  | "reasoning"
  | "images"
  | "files"
  | "audio"
  | "sampling"
  | "forced-tools";

/** A request in a vendor's words. */
export interface RenderedRequest {
  readonly body: JsonObject;
  /**
   * What was left out or has no words; the request must not be sent when one is not harmless. Paths are those of the
   * canonical request (`messages[2].content[0]`, `tools[1].strict`), which the runtime says in the caller's words.
   */
  readonly losses: readonly Loss[];
  /** Headers of this request alone, such as `anthropic-beta`. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** What has to be done to the answer in place of what the vendor could not be told. */
  readonly change?: AnswerChange;
}

/** Where requests for a target go, below the provider's base URL. */
export interface TargetPaths {
  readonly whole: string;
  readonly stream: string;
}

/** A header of a vendor's answer by its name in small letters; `undefined` where there is none. */
export type HeaderReader = (name: string) => string | null | undefined;

/**
 * Reads an error's body, in whatever shape; never throws. `body` may be empty or no JSON at all. `header` gives what the
 * vendor's own headers tell: names of errors and when limits end; `retry-after` is the runtime's business.
 */
export type ErrorReader = (status: number, body: Uint8Array, header?: HeaderReader) => VendorError;

/** Speaks to vendors. */
export interface ChatEgress {
  readonly paths: (traits: TargetTraits) => TargetPaths;
  readonly renderRequest: (request: ChatRequest, traits: TargetTraits) => RenderedRequest;
  /** Reads a whole answer; `undefined` where the value is none. */
  readonly parseResponse: (body: JsonObject, traits: TargetTraits) => ChatResponse | undefined;
  /** Reads an answer as it comes; what it finds is handed to `emit` at once, in order. */
  readonly decodeStream: (traits: TargetTraits, emit: (event: StreamEvent) => void) => StreamDecoder;
  readonly parseError: ErrorReader;
  /**
   * Whether the JSON of an error's body has the dialect's own shape, so that its clients find the words in it. Absent:
   * where `error.message` is a text.
   */
  readonly isOwnError?: (value: unknown) => boolean;
  /** What goes to the vendor as its bytes only, so that the gateway has to fetch URLs; absent: nothing. */
  readonly inlines?: (traits: TargetTraits) => readonly MediaKind[];
  /** Content types of a stream; default: server-sent events. */
  readonly streamTypes?: readonly string[];
  /** Members of a whole answer that hold JSON of tools, whose numbers stay as they are written. Absent: none. */
  readonly exactMembers?: ExactMembers;
}

/** Takes a vendor's stream apart. */
export interface StreamDecoder {
  /** Takes bytes, cut anywhere. Never throws: what cannot be read becomes an `error` event. */
  readonly push: (bytes: Uint8Array) => void;
  /**
   * The vendor has closed the stream in good order. Emits what is outstanding (open parts, `finish`, `end`) where the
   * stream was complete, and nothing where it was cut.
   */
  readonly close: () => void;
}

/** What the path and query of a request say, for the dialects that keep something there (Gemini). */
export interface RequestPath {
  readonly model?: string;
  /** Whether a stream is asked for. */
  readonly stream?: boolean;
  /** Whether the stream is wanted as one JSON array instead of as server-sent events. */
  readonly asArray?: boolean;
}

/** What came from a caller. */
export interface IngressRequest extends RequestPath {
  readonly body: JsonObject;
}

/** A caller's request, understood. */
export interface ParsedRequest {
  readonly request: ChatRequest;
  /**
   * Members that the canonical form has no word for: only the same dialect could pass them on. Paths are those of the
   * caller's body.
   */
  readonly losses: readonly Loss[];
}

/** What an answer needs to know of its request. */
export interface AnswerContext {
  readonly request: ChatRequest;
  /** The model's name as the caller says it: answers name it, not the vendor's. */
  readonly model: string;
  /** For ids that the vendor does not give. */
  readonly requestId: string;
  /** Seconds since the Unix epoch, for times that the vendor does not give. */
  readonly nowS: number;
  /** Whether a stream is wanted as one JSON array instead of as server-sent events. */
  readonly asArray?: boolean;
}

/** An error in a caller's words. */
export interface IngressError {
  readonly status: number;
  /** `LK-…`. */
  readonly code: string;
  readonly message: string;
  readonly kind: VendorError["kind"];
  /** Whether a vendor has told it: then dialects name it as their own vendor does, where that has a name for it. */
  readonly isVendors?: true;
  readonly param?: string;
  /** Seconds after which to try again. */
  readonly retryAfterS?: number;
}

/** Speaks to callers. */
export interface ChatIngress {
  /** @throws LatchkeyError LK-2102 for members that are missing or wrong, with `param` as the caller wrote it. */
  readonly parseRequest: (input: IngressRequest) => ParsedRequest;
  /** Why a whole answer cannot be told, so that another target is asked; `undefined` where it can. Absent: all can. */
  readonly cannotTell?: (response: ChatResponse) => string | undefined;
  readonly renderResponse: (response: ChatResponse, context: AnswerContext) => JsonObject;
  readonly encodeStream: (context: AnswerContext) => StreamEncoder;
  /** Body of an error's answer. */
  readonly renderError: (error: IngressError) => JsonObject;
  /** Status of an error's answer, for dialects that have statuses of their own; absent: the error's. */
  readonly errorStatus?: (error: IngressError) => number;
  /** Absent: the dialect has no headers of its own for limits. */
  readonly tellRate?: RequestRateTeller;
  /**
   * Where a member of the canonical request stands in a caller's body: `max_tokens`, `generationConfig.topK`. Of
   * several names for the same, the one that the caller wrote.
   */
  readonly fieldName: (field: ChatRequestField, body: JsonObject) => string;
  /** Members of a request that hold JSON of tools and schemas, whose numbers stay as they are written. */
  readonly exactMembers: ExactMembers;
}

/** How a limit of requests stands. */
export interface RequestRate {
  readonly limit: number;
  /** Requests that may still come at once. */
  readonly remaining: number;
  /** Milliseconds since 1970 at which all of them may come at once again. */
  readonly resetAtMs: number;
}

/** Header names and values by which callers of a dialect are told how a limit of requests stands. */
export type RequestRateTeller = (rate: RequestRate) => readonly (readonly [name: string, value: string])[];

/** What has to be kept of an answer, for dialects whose callers go on from it by its name alone. */
export interface ToldAnswer {
  readonly id: string;
  /** JSON text of what was told. */
  readonly output: string;
  /** JSON text of the whole answer, where it is to be had by its id later. */
  readonly response?: string;
}

/** Puts a stream together for a caller. */
export interface StreamEncoder {
  /** What has to be kept, once the answer is whole; absent where nothing ever has. */
  readonly answer?: ToldAnswer | undefined;
  /** The event's wire text, framing included; empty where there is nothing to say. */
  readonly encode: (event: StreamEvent) => string;
  /** An error in the middle of the stream, which ends it. */
  readonly fail: (error: IngressError) => string;
}
