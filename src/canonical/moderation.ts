import type { Usage } from "./usage.ts";

/** One thing to be judged. */
export type ModerationPart =
  | { readonly type: "text"; readonly text: string }
  /** `url` may be a `data:` URL. */
  | { readonly type: "image"; readonly url: string };

/** A request to judge texts and pictures. */
export interface ModerationRequest {
  /** The model's name as the caller says it. */
  readonly model: string;
  /** Each is judged by itself and has a result of its own; the parts of one are judged together. At least one. */
  readonly inputs: readonly (readonly ModerationPart[])[];
}

/** Members of a request to judge that a vendor may lack words for. */
export type ModerationRequestField = "inputs";

/** What is said of one category. */
export interface ModerationVerdict {
  readonly isFlagged: boolean;
  /** 0 to 1. */
  readonly score: number;
  /** What was looked at for it; empty where the vendor does not judge this category at all. */
  readonly appliesTo: readonly ("text" | "image")[];
}

/** What is said of one input. */
export interface ModerationResult {
  readonly isFlagged: boolean;
  /** By OpenAI's names where it has one for the category, else by the vendor's own. */
  readonly verdicts: Readonly<Record<string, ModerationVerdict>>;
}

/** Judgements in the order of the inputs. */
export interface ModerationResponse {
  readonly id: string;
  /** The model that judged, as the vendor names it. */
  readonly model: string;
  readonly results: readonly ModerationResult[];
  /** Absent where the vendor does not tell. */
  readonly usage?: Usage;
}
