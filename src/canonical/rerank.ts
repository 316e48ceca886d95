import type { Loss } from "./loss.ts";
import type { Usage } from "./usage.ts";

/** A request to order texts by how well they answer a query, as Latchkey understands it. */
export interface RerankRequest {
  /** The model's name as the caller says it. */
  readonly model: string;
  readonly query: string;
  /** At least one. */
  readonly documents: readonly string[];
  /** Results at most; all where absent. */
  readonly topN?: number;
  /** Whether results come with the texts of their documents. */
  readonly returnDocuments?: boolean;
  /** Tokens of a document that are looked at. */
  readonly maxTokensPerDocument?: number;
  /** Whether what is too long for the model loses its end; otherwise it is an error. */
  readonly truncate?: boolean;
}

/** Members of a request that a dialect may lack words for. */
export type RerankRequestField = Exclude<keyof RerankRequest, "model" | "returnDocuments">;

/** Something of a request to rank that the target cannot be told. */
export type RerankLoss = Loss<RerankRequestField>;

/** How well a document answers the query. */
export interface RerankResult {
  /** Position in the request's documents. */
  readonly index: number;
  /** The higher the better; scales differ between models. */
  readonly score: number;
}

/** Documents in order, as Latchkey understands them. */
export interface RerankResponse {
  readonly id?: string;
  /** The model that answered, as the vendor names it. */
  readonly model?: string;
  /** The best first, no more than were asked for. */
  readonly results: readonly RerankResult[];
  readonly usage?: Usage;
}
