import type { JsonObject } from "../kernel/json.ts";
import type { TokenLogprob } from "./chat-response.ts";
import type { Usage } from "./usage.ts";
import type { VendorError } from "./vendor-error.ts";

/** Forms of a transcript that callers may ask for. */
export type TranscriptFormat = "json" | "verbose-json" | "diarized-json" | "text" | "srt" | "vtt";

/** Sound that a caller hands in. */
export interface AudioInput {
  readonly bytes: Uint8Array;
  readonly name: string;
  /** Empty where the caller did not say. */
  readonly mediaType: string;
}

/** A request to write down what is said. A member that is absent was not asked for. */
export interface TranscriptionRequest {
  /** The model's name as the caller says it. */
  readonly model: string;
  /** `translate`: into English. */
  readonly task: "transcribe" | "translate";
  readonly audio: AudioInput;
  /** ISO 639-1 code of what is spoken. */
  readonly language?: string;
  /** Words that guide style and spelling. */
  readonly prompt?: string;
  readonly format?: TranscriptFormat;
  /** 0 to 1. */
  readonly temperature?: number;
  readonly timestamps?: readonly ("word" | "segment")[];
  readonly logprobs?: boolean;
  /** How the sound is cut: `auto`, or the vendor's settings as JSON text. */
  readonly chunking?: string;
  readonly speakerNames?: readonly string[];
  /** A recording of each speaker as a `data:` URL. */
  readonly speakerReferences?: readonly string[];
  readonly stream: boolean;
  /** Members that are none of OpenAI's; only vendors with its shape can be told them. */
  readonly extras?: JsonObject;
}

/** Members of a request for a transcript that a vendor may lack words for. */
export type TranscriptionRequestField = Exclude<keyof TranscriptionRequest, "model" | "stream" | "extras">;

/** A stretch of a transcript. Times are seconds. */
export interface TranscriptSegment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Who speaks, where the vendor tells voices apart. */
  readonly speaker?: string;
  readonly avgLogprob?: number;
  readonly compressionRatio?: number;
  readonly noSpeechProb?: number;
  readonly temperature?: number;
  readonly seek?: number;
  readonly tokens?: readonly number[];
}

/** A word of a transcript. Times are seconds. */
export interface TranscriptWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** A transcript. */
export interface TranscriptionResponse {
  readonly text: string;
  readonly language?: string;
  /** Length of the sound. */
  readonly durationS?: number;
  readonly segments?: readonly TranscriptSegment[];
  readonly words?: readonly TranscriptWord[];
  readonly logprobs?: readonly TokenLogprob[];
  /** Absent where the vendor does not tell. */
  readonly usage?: Usage;
}

/** One step of a transcript as it comes; `done` with the whole text, then `end`. Without `end` it was cut. */
export type TranscriptionStreamEvent =
  | { readonly type: "delta"; readonly text: string; readonly logprobs?: readonly TokenLogprob[] }
  | { readonly type: "segment"; readonly segment: TranscriptSegment }
  | { readonly type: "done"; readonly response: TranscriptionResponse }
  /** The vendor failed; nothing may follow. */
  | { readonly type: "error"; readonly error: VendorError }
  | { readonly type: "end" };
