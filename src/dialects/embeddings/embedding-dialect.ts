import type {
  EmbeddingLoss,
  EmbeddingRequest,
  EmbeddingRequestField,
  EmbeddingResponse,
} from "../../canonical/embedding.ts";
import type { Json, JsonObject } from "../../kernel/json.ts";
import type { ErrorReader, HeaderReader, IngressError, TargetTraits } from "../dialect.ts";
import type { Envelope, Passthrough } from "../passthrough.ts";

/** Wire formats of requests for vectors. */
export type EmbeddingShape =
  | "openai"
  | "mistral"
  | "perplexity"
  | "nvidia"
  | "cohere"
  | "gemini"
  | "vertex"
  | "bedrock"
  | "voyage"
  | "jina"
  | "ollama"
  | "huggingface";

/** A request for vectors in a vendor's words. */
export interface RenderedEmbeddings {
  readonly body: JsonObject;
  /** What was left out or has no words; the request must not be sent when one is not harmless. */
  readonly losses: readonly EmbeddingLoss[];
}

/** Speaks to vendors. */
export interface EmbeddingEgress {
  readonly shape: EmbeddingShape;
  /**
   * Where requests for a target go. `template` is the provider's path, in which `{model}` stands for the id. Called
   * once, when the tables are built.
   */
  readonly path: (template: string, traits: TargetTraits) => string;
  readonly renderRequest: (request: EmbeddingRequest, traits: TargetTraits) => RenderedEmbeddings;
  /** Inputs that one request may have, where the vendor documents it: longer lists become several requests. */
  readonly maxInputs?: (traits: TargetTraits) => number;
  /** Reads an answer; `undefined` where the value is none or lacks a vector. */
  readonly parseResponse: (
    body: Json,
    request: EmbeddingRequest,
    header: HeaderReader,
  ) => EmbeddingResponse | undefined;
  /** Reads an error's body, in whatever shape; never throws. */
  readonly parseError: ErrorReader;
}

/** What came from a caller. */
export interface EmbeddingIngressRequest {
  readonly body: JsonObject;
  /** The model's name, for the dialects that keep it in the path. */
  readonly model?: string;
  /** Whether several requests come in one, for the dialects that have a path of its own for it. */
  readonly isBatch?: boolean;
}

/** A caller's request, understood. */
export interface ParsedEmbeddings {
  readonly request: EmbeddingRequest;
  /** Members that the canonical form has no word for: only the same dialect could pass them on. */
  readonly losses: readonly EmbeddingLoss[];
}

/** What an answer needs to know of its request. */
export interface EmbeddingContext {
  readonly request: EmbeddingRequest;
  /** The model's name as the caller says it. */
  readonly model: string;
  readonly isBatch?: boolean;
}

/** Speaks to callers. */
export interface EmbeddingIngress {
  /** @throws LatchkeyError LK-2102 for members that are missing or wrong, with `param` as the caller wrote it. */
  readonly parseRequest: (input: EmbeddingIngressRequest) => ParsedEmbeddings;
  readonly renderResponse: (response: EmbeddingResponse, context: EmbeddingContext) => JsonObject;
  /** Body of an error's answer. */
  readonly renderError: (error: IngressError) => JsonObject;
  /** Where a member of the canonical request stands in this dialect, and the one at `index` of a list. */
  readonly fieldName: (field: EmbeddingRequestField, index?: number, isBatch?: boolean) => string;
}

/** Passes requests and answers of one dialect on as they are. One object for all calls. */
export interface WholePassthrough<E extends Envelope>
  extends Pick<Passthrough<E>, "readEnvelope" | "rewrite" | "readAnswer" | "readTail"> {
  /** Whether this request can go to a target of the same shape unread; otherwise it has to be translated. */
  readonly canPass: (envelope: E) => boolean;
  /** Whether an answer has something for each input: nobody could tell whose is missing. Absent: not looked at. */
  readonly answersAll?: (body: Uint8Array, envelope: E) => boolean;
  /**
   * The answer as the caller has asked for it, where the vendor has sent it otherwise; `undefined` where it may go
   * as it is.
   */
  readonly adaptAnswer: (body: Uint8Array, envelope: E) => Uint8Array | undefined;
}
