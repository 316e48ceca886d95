/** How a provider wants the credential. */
export type ProviderAuth =
  /** `Authorization: Bearer …`. */
  | { readonly kind: "bearer" }
  /** A header of its own, with the credential as its whole value. */
  | { readonly kind: "header"; readonly name: string }
  /** No credential, or a bearer token where the config names one. */
  | { readonly kind: "optional-bearer" }
  /** AWS signature version 4 for a service, or a bearer token where the config names an API key. */
  | { readonly kind: "aws-sigv4"; readonly service: string }
  /** An access token of a Google service account. */
  | { readonly kind: "google-token" };

/** An option that the config has to give, because the base URL needs it. */
export interface ProviderOption {
  /** Name in the config and, in braces, in the base URL. */
  readonly name: "resource" | "region" | "account" | "project" | "location" | "apiVersion";
  /** What it is, for docs and diagnostics. */
  readonly meaning: string;
  readonly default?: string;
}

/** The dialect in which a provider's chat models are spoken to. */
export interface ProviderChat {
  readonly dialect:
    | "openai-chat"
    | "openai-responses"
    | "anthropic-messages"
    | "gemini"
    | "bedrock-converse"
    | "cohere-chat"
    | "ollama-chat";
  /** Departures from the dialect; see `quirks.ts` of the dialect. */
  readonly quirks?: Readonly<Record<string, string | number | boolean>>;
}

/** A further API of a provider: its path below the base URL, and whose shape it has. */
export interface ProviderApi {
  readonly path: string;
  readonly shape:
    | "openai"
    | "cohere"
    | "jina"
    | "voyage"
    | "gemini"
    | "bedrock"
    | "ollama"
    | "huggingface"
    | "mistral";
}

/** Further APIs that a provider may have. */
export type ProviderApiName =
  | "responses"
  | "embeddings"
  | "rerank"
  | "images"
  | "speech"
  | "transcription"
  | "moderations"
  | "models";

/** What is known of a provider type. Plain data: the compiler and the runtime need no code of their own for it. */
export interface ProviderProfile {
  /** Name in configs and artifacts. */
  readonly type: string;
  /** For people. */
  readonly label: string;
  /**
   * Where its API begins, without a slash at the end; `{name}` stands for an option. Null: the config has to say it.
   */
  readonly baseUrl: string | null;
  readonly options?: readonly ProviderOption[];
  readonly auth: ProviderAuth;
  /** The environment variable in which the vendor's own documentation keeps the credential. */
  readonly keyVariable: string | null;
  /** Headers of every call. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** A query that every path ends with, without its question mark; `{name}` stands for an option. */
  readonly query?: string;
  readonly chat: ProviderChat | null;
  readonly apis?: Readonly<Partial<Record<ProviderApiName, ProviderApi>>>;
  /** Pages from which this was taken. */
  readonly sources: readonly string[];
}
