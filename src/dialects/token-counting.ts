import type { ChatRequest } from "../canonical/chat-request.ts";
import type { JsonObject } from "../kernel/json.ts";
import type { IngressRequest, ParsedRequest, RenderedRequest, TargetTraits } from "./dialect.ts";

/** How targets of one dialect count the tokens of a request. */
export interface TargetCounting {
  /** Where a target of this dialect counts, below the provider's base URL. */
  readonly path: (traits: TargetTraits) => string;
  readonly renderRequest: (request: ChatRequest, traits: TargetTraits) => RenderedRequest;
  /** A target's count; `undefined` where the value is none. */
  readonly parseResponse: (body: JsonObject) => number | undefined;
}

/** The count of a request's tokens in one dialect: what callers ask, what targets answer. */
export interface TokenCounting extends TargetCounting {
  /** Reads a caller's request. @throws LatchkeyError LK-2102. */
  readonly parseRequest: (input: IngressRequest) => ParsedRequest;
  /** A count in the caller's words. */
  readonly renderResponse: (inputTokens: number) => JsonObject;
}
