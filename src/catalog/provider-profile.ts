/** How a provider wants the credential. */
export type ProviderAuth =
  /** `Authorization: Bearer …`. */
  | { readonly kind: "bearer" }
  /** A header of its own, with the credential as its whole value. */
  | { readonly kind: "header"; readonly name: string }
  /** A header of its own with an API key, or an access token of an application of Microsoft Entra ID. */
  | {
      readonly kind: "header-or-entra";
      readonly name: string;
      readonly authority: string;
      readonly scope: string;
    }
  /** No credential, or a bearer token where the config names one. */
  | { readonly kind: "optional-bearer" }
  /** AWS signature version 4 for a service, or a bearer token where the config names an API key. */
  | { readonly kind: "aws-sigv4"; readonly service: string }
  /** An access token, of a Google service account or as the config gives it. */
  | { readonly kind: "google-token" };

/** Names of options that are part of an address; a value of theirs is one label of a host name. */
export type AddressOptionName = "resource" | "region" | "account" | "project" | "location" | "apiVersion";

/** An option that has a place in the base URL or the query. */
export interface AddressOption {
  /** Name in the config and, in braces, in the base URL or the query. */
  readonly name: AddressOptionName;
  /** What it is, for docs and diagnostics. */
  readonly meaning: string;
  /** For docs and diagnostics. */
  readonly example: string;
  /** Needed for more than the base URL, so that a base URL of the config's own does not replace it. */
  readonly always?: true;
  /** May be left out; what it stands in is then left out as well. */
  readonly optional?: true;
}

/** Names of options that become headers. */
export type HeaderOptionName = "organization" | "project" | "referer" | "title";

/** An option that is sent as a header with every call, where the config has it. */
export interface HeaderOption {
  readonly name: HeaderOptionName;
  readonly header: string;
  readonly meaning: string;
  readonly example: string;
}

/** Another base URL for some values of an option. */
export interface SpecialBaseUrl {
  readonly option: AddressOptionName;
  readonly values: readonly string[];
  readonly baseUrl: string;
}

/** A base URL that a config may set instead of the usual one, for docs. */
export interface OtherAddress {
  /** What is there, and what differs. */
  readonly what: string;
  /** `NAME` in capitals stands for a name of the reader's own. */
  readonly baseUrl: string;
  /** APIs that are not there, and the part of a base URL by which it is told; absent: all are. */
  readonly without?: { readonly where: string; readonly apis: readonly ProviderApiName[] };
}

/** Name of a wire format of conversations. */
export type DialectName =
  | "openai-chat"
  | "openai-responses"
  | "anthropic-messages"
  | "gemini"
  | "bedrock-converse"
  | "cohere-chat"
  | "ollama-chat";

/** A dialect in which a provider's chat models are spoken to. */
export interface SpokenDialect {
  readonly dialect: DialectName;
  /** Where the dialect's own paths begin below the base URL, such as `/openai/v1`. Absent: directly there. */
  readonly basePath?: string;
  /** Departures from the dialect; see `quirks.ts` of the dialect. */
  readonly quirks?: Readonly<Record<string, string | number | boolean>>;
}

/** A further dialect: models whose ids begin with one of `models` speak it, others where the config says so. */
export interface FurtherDialect extends SpokenDialect {
  readonly models?: readonly string[];
}

/** The dialects of a provider's chat models. */
export interface ProviderChat extends SpokenDialect {
  readonly further?: readonly FurtherDialect[];
  /**
   * Dialects in which all of its models are served as well as in the first, with all that belongs to them (such as the
   * state of OpenAI's Responses): callers who speak them pass through.
   */
  readonly alsoSpeaks?: readonly DialectName[];
}

/** A further API of a provider: where it is, and whose shape it has. */
export interface ProviderApi {
  /** Below the base URL; `{model}` stands for the model's id. */
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
    | "mistral"
    | "nvidia"
    | "perplexity"
    | "vertex"
    | "fireworks";
  /** Departures from the shape; see `quirks.ts` of its dialect. Where there are some, nothing is passed on unread. */
  readonly quirks?: Readonly<Record<string, string | number | boolean>>;
}

/** Further APIs that a provider may have. */
export type ProviderApiName =
  | "responses"
  | "embeddings"
  | "rerank"
  | "images"
  | "imageEdits"
  | "speech"
  | "transcription"
  | "translation"
  | "moderations"
  | "models";

/** What is known of a provider type. Plain data: the compiler and the runtime need no code of their own for it. */
export interface ProviderProfile {
  /** Name in artifacts; in camel case the name of its function in configs. */
  readonly type: string;
  /** For people. */
  readonly label: string;
  /**
   * Where its API begins, without a slash at the end; `{name}` stands for an option. Null: the config has to say it.
   */
  readonly baseUrl: string | null;
  readonly specialBaseUrls?: readonly SpecialBaseUrl[];
  /** Where else the same API is: regions that have keys of their own, older forms of it. */
  readonly otherAddresses?: readonly OtherAddress[];
  readonly options?: readonly AddressOption[];
  readonly headerOptions?: readonly HeaderOption[];
  readonly auth: ProviderAuth;
  /** The environment variable in which the vendor's own documentation keeps the credential. */
  readonly keyVariable: string | null;
  /** Headers of every call. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** A query that every path ends with, without its question mark; `{name}` stands for an option. */
  readonly query?: string;
  readonly chat: ProviderChat | null;
  readonly apis?: Readonly<Partial<Record<ProviderApiName, ProviderApi>>>;
  /** The day, `YYYY-MM-DD`, from which on the vendor no longer serves it, at its own address at least. */
  readonly retiredOn?: string;
  /** Id of one of its models, for docs. */
  readonly exampleModel: string;
  /** Pages from which this was taken. */
  readonly sources: readonly string[];
}
