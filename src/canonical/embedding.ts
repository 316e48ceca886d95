import type { Loss } from "./loss.ts";
import type { Usage } from "./usage.ts";

/** A picture to be embedded: its bytes as standard base64, or where they are. */
export type EmbeddingImage =
  | { readonly kind: "base64"; readonly mediaType: string; readonly data: string }
  | { readonly kind: "url"; readonly url: string };

/** A piece of something that is embedded as one. */
export type EmbeddingPart =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "image"; readonly source: EmbeddingImage };

/** Something to be embedded: one vector comes of it. */
export type EmbeddingInput =
  | {
      readonly type: "text";
      readonly text: string;
      /** Title of a document, where the vendor makes use of it. */
      readonly title?: string;
    }
  /** Ids of the model's own tokenizer. */
  | { readonly type: "tokens"; readonly tokens: readonly number[] }
  /** Text and pictures together, at least one of them. */
  | { readonly type: "parts"; readonly parts: readonly EmbeddingPart[] };

/**
 * What vectors are for; some models make other ones for each purpose. `query` is looked for among `document`s;
 * `question`, `fact` and `code-query` are queries of a kind.
 */
export type EmbeddingPurpose =
  | "query"
  | "document"
  | "similarity"
  | "classification"
  | "clustering"
  | "question"
  | "fact"
  | "code-query";

/** A request for vectors, as Latchkey understands it. A member that is absent was not asked for. */
export interface EmbeddingRequest {
  /** The model's name as the caller says it. */
  readonly model: string;
  /** At least one. */
  readonly inputs: readonly EmbeddingInput[];
  /** Numbers of a vector. */
  readonly dimensions?: number;
  /** How the vectors are wanted; base64 is that of little-endian 32-bit floats. */
  readonly encoding?: "float" | "base64";
  readonly purpose?: EmbeddingPurpose;
  /** Which end of an input that is too long is cut off; `none`: it is an error. */
  readonly truncate?: "none" | "start" | "end";
  /** Stable id of the person behind the request, for the vendor's abuse detection. */
  readonly endUser?: string;
}

/** Members of a request that a dialect may lack words for. */
export type EmbeddingRequestField = Exclude<keyof EmbeddingRequest, "model" | "encoding"> | "title";

/** Something of a request for vectors that the target cannot be told. */
export type EmbeddingLoss = Loss<EmbeddingRequestField>;

/** A vector, as the vendor has sent it: nothing is converted that the caller wants as it is. */
export type EmbeddingVector =
  | { readonly encoding: "float"; readonly values: readonly number[] }
  /** Base64 of little-endian 32-bit floats. */
  | { readonly encoding: "base64"; readonly data: string };

/** Vectors, as Latchkey understands them. */
export interface EmbeddingResponse {
  readonly id?: string;
  /** The model that answered, as the vendor names it. */
  readonly model?: string;
  /** One for each input, in their order. */
  readonly vectors: readonly EmbeddingVector[];
  readonly usage?: Usage;
}
