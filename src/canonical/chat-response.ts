import type { AssistantPart } from "./content.ts";
import type { FinishReason } from "./finish-reason.ts";
import type { Usage } from "./usage.ts";
import type { VendorError } from "./vendor-error.ts";

/** A token and how likely it was, natural logarithm. */
export interface TokenLogprob {
  readonly token: string;
  readonly logprob: number;
  /** UTF-8 bytes of the token. */
  readonly bytes?: readonly number[];
  readonly alternatives?: readonly {
    readonly token: string;
    readonly logprob: number;
    readonly bytes?: readonly number[];
  }[];
}

/** One of the answers to a request. */
export interface ChatChoice {
  readonly index: number;
  readonly content: readonly AssistantPart[];
  readonly finishReason: FinishReason;
  /** The stop text that was met, where the vendor says which. */
  readonly stopText?: string;
  readonly logprobs?: readonly TokenLogprob[];
}

/** A whole answer, as Latchkey understands it. */
export interface ChatResponse {
  /** The vendor's id; made by the gateway where the vendor gives none. */
  readonly id: string;
  /** The model that answered, as the vendor names it. */
  readonly model: string;
  /** Seconds since the Unix epoch; absent where the vendor does not say. */
  readonly createdS?: number;
  /** At least one. */
  readonly choices: readonly ChatChoice[];
  readonly usage?: Usage;
  readonly serviceTier?: string;
  /** Why the vendor refused to look at the prompt at all. */
  readonly promptBlocked?: string;
  /** What went wrong, where the vendor tells of its own failure in an answer of status 200. */
  readonly error?: VendorError;
}
