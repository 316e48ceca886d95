import type { Json } from "../kernel/json.ts";

/** Wire formats of conversations that Latchkey speaks. */
export type ChatDialectName =
  | "openai-chat"
  | "openai-responses"
  | "anthropic-messages"
  | "gemini"
  | "bedrock-converse"
  | "cohere-chat"
  | "ollama-chat";

/** Asks the vendor to cache the prompt up to and including the part that carries it. */
export interface CacheMarker {
  /** How long the vendor should keep it; the vendor's own default where absent. */
  readonly ttl?: "5m" | "1h";
}

/** Where the bytes of an image, file or recording are. */
export type MediaSource =
  /** Standard base64 with padding. */
  | { readonly kind: "base64"; readonly mediaType: string; readonly data: string }
  /** Fetched by the vendor, or by the gateway where the vendor cannot. */
  | { readonly kind: "url"; readonly url: string; readonly mediaType?: string }
  /** A file that was uploaded to the vendor of that dialect; no other one knows it. */
  | {
      readonly kind: "file-id";
      readonly dialect: ChatDialectName;
      readonly id: string;
      readonly mediaType?: string;
    };

/** What every part of a message may carry. */
export interface PartBase {
  readonly cache?: CacheMarker;
}

/** Where a statement comes from. Offsets count UTF-16 code units of the part's text. */
export interface Citation {
  readonly start?: number;
  readonly end?: number;
  /** The words that are supported. */
  readonly text?: string;
  readonly title?: string;
  readonly url?: string;
  /** Words of the source. */
  readonly quote?: string;
  /** Index or id of a document of the request. */
  readonly document?: string;
  /** The citation as the vendor sent it, for its own dialect. */
  readonly raw?: { readonly dialect: ChatDialectName; readonly value: Json };
}

/** Words. */
export interface TextPart extends PartBase {
  readonly type: "text";
  readonly text: string;
  readonly citations?: readonly Citation[];
  /** Whether the text is what a tool that stands in for a structured answer was called with. */
  readonly isAnswer?: true;
  /** See `Signature`. */
  readonly signature?: Signature;
}

/** A picture. */
export interface ImagePart extends PartBase {
  readonly type: "image";
  readonly source: MediaSource;
  /** How closely the model should look. */
  readonly detail?: "low" | "high" | "auto";
  readonly signature?: Signature;
}

/** A document, such as a PDF or plain text. */
export interface FilePart extends PartBase {
  readonly type: "file";
  readonly source: MediaSource;
  readonly name?: string;
  /** Whether the model should cite it. */
  readonly citations?: boolean;
  /** What the model is told about the document, apart from its words. */
  readonly context?: string;
  /** The document's text, as `source` has it, in the pieces by which it is to be cited. */
  readonly chunks?: readonly string[];
}

/** A recording. `format` is the short name, such as `wav` or `mp3`. */
export interface AudioPart extends PartBase {
  readonly type: "audio";
  readonly source: MediaSource;
  readonly format?: string;
}

/**
 * Sealed words of a vendor about its own thinking, which it wants to see again, unchanged and at the same place,
 * when the conversation goes on. They mean nothing to any other vendor.
 */
export interface Signature {
  readonly dialect: ChatDialectName;
  readonly value: string;
}

/** Thinking of the model before its answer. */
export interface ReasoningPart {
  readonly type: "reasoning";
  /** The thinking, or its summary; empty where the vendor shows nothing of it. */
  readonly text: string;
  /** Whether `text` is a summary rather than the thinking itself. */
  readonly isSummary?: boolean;
  /** Id of the item in its dialect. */
  readonly id?: string;
  readonly signature?: Signature;
  /** Thinking that the vendor shows in sealed form only; `text` is empty then. */
  readonly redacted?: Signature;
}

/** The model wants a tool to be used. */
export interface ToolCallPart extends PartBase {
  readonly type: "tool-call";
  /** Ties the result to the call. Made by the gateway where the vendor gives none. */
  readonly id: string;
  readonly name: string;
  /** JSON text as the model wrote it, `{}` where it wrote nothing; may be cut short when the answer was. */
  readonly arguments: string;
  readonly signature?: Signature;
}

/** The model declines, in its own words. */
export interface RefusalPart {
  readonly type: "refusal";
  readonly text: string;
}

/** Sound that the model has made, with its words. */
export interface SpokenPart {
  readonly type: "spoken";
  /** Names the recording in later turns. */
  readonly id?: string;
  /** Base64; absent where only the id is sent back. */
  readonly data?: string;
  readonly format?: string;
  readonly transcript?: string;
  /** Seconds since the Unix epoch. */
  readonly expiresAt?: number;
}

/** Something that only one dialect knows (the steps of a vendor's own search, code execution …), as it was sent. */
export interface VendorPart extends PartBase {
  readonly type: "vendor";
  readonly dialect: ChatDialectName;
  readonly value: Json;
}

/** What a user's message may hold. */
export type UserPart = TextPart | ImagePart | FilePart | AudioPart | VendorPart;

/** What a model's message may hold. */
export type AssistantPart =
  | TextPart
  | ReasoningPart
  | ToolCallPart
  | RefusalPart
  | ImagePart
  | SpokenPart
  | VendorPart;

/** What a tool's result may hold. */
export type ToolResultPart = TextPart | ImagePart | FilePart | VendorPart;
