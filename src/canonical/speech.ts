import type { JsonObject } from "../kernel/json.ts";
import type { Usage } from "./usage.ts";
import type { VendorError } from "./vendor-error.ts";

/** Formats of sound that callers may ask for. `pcm` is 24 kHz, 16 bits signed, little-endian, one channel. */
export type SpeechFormat = "mp3" | "opus" | "aac" | "flac" | "wav" | "pcm";

/** A request to speak a text. A member that is absent was not asked for. */
export interface SpeechRequest {
  /** The model's name as the caller says it. */
  readonly model: string;
  readonly input: string;
  readonly voice: string;
  /** Whether `voice` is the id of a voice of one's own. */
  readonly isCustomVoice?: boolean;
  /** How to speak. */
  readonly instructions?: string;
  readonly format?: SpeechFormat;
  /** 0.25 to 4, 1 is the voice's own pace. */
  readonly speed?: number;
  /** Whether the sound is wanted as server-sent events instead of as its bytes. */
  readonly asEvents: boolean;
  /** Members that are none of OpenAI's; only vendors with its shape can be told them. */
  readonly extras?: JsonObject;
}

/** Members of a request to speak that a vendor may lack words for. */
export type SpeechRequestField = Exclude<
  keyof SpeechRequest,
  "model" | "asEvents" | "isCustomVoice" | "extras"
>;

/** Sound, as it is sent to the caller. */
export interface SpeechResponse {
  readonly audio: Uint8Array;
  /** Such as `audio/mpeg`. */
  readonly mediaType: string;
  readonly usage: Usage;
}

/** One step of sound as it comes: any number of pieces, then `end`. A stream without `end` was cut. */
export type SpeechStreamEvent =
  | { readonly type: "audio"; readonly audio: Uint8Array }
  /** The vendor failed; nothing may follow. */
  | { readonly type: "error"; readonly error: VendorError }
  | { readonly type: "end"; readonly usage: Usage };
