import type { JsonObject } from "../kernel/json.ts";
import type { Usage } from "./usage.ts";
import type { VendorError } from "./vendor-error.ts";

/** A picture that a caller hands in. */
export type ImageInput =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly mediaType: string; readonly name?: string }
  /** Fetched by the vendor; never a `data:` URL. */
  | { readonly kind: "url"; readonly url: string }
  /** A file that was uploaded to the vendor; no other one knows it. */
  | { readonly kind: "file-id"; readonly id: string };

/** Width and height, pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** A request for pictures. A member that is absent was not asked for. */
export interface ImageRequest {
  /** The model's name as the caller says it. */
  readonly model: string;
  readonly prompt: string;
  /** Pictures to be edited or followed; absent where a picture is made from words alone. */
  readonly images?: readonly ImageInput[];
  /** Its fully transparent areas say where the first picture is to be edited. */
  readonly mask?: ImageInput;
  readonly count?: number;
  readonly size?: ImageSize;
  /** Width to height, such as `16:9`, where no size is given. */
  readonly aspectRatio?: string;
  /** `low`, `medium`, `high`, or `standard` and `hd` of older models. */
  readonly quality?: string;
  /** `vivid` or `natural`. */
  readonly style?: string;
  readonly background?: "transparent" | "opaque";
  readonly outputFormat?: "png" | "jpeg" | "webp";
  /** 0 to 100 percent. */
  readonly outputCompression?: number;
  /** How strictly the vendor filters. */
  readonly moderation?: string;
  /** How closely the pictures handed in are kept to. */
  readonly inputFidelity?: string;
  readonly negativePrompt?: string;
  readonly seed?: number;
  /** Whether pictures are wanted as URLs or as their bytes; the vendor's own way where absent. */
  readonly answerAs?: "url" | "base64";
  /** Stable id of the person behind the request, for the vendor's abuse detection. */
  readonly endUser?: string;
  /** Previews that are wanted in the stream, 0 to 3. */
  readonly partialImages?: number;
  readonly stream: boolean;
  /** Members that are none of OpenAI's; only vendors with its shape can be told them. */
  readonly extras?: JsonObject;
}

/** Members of a request for pictures that a vendor may lack words for. */
export type ImageRequestField = Exclude<keyof ImageRequest, "model" | "stream" | "extras">;

/** A picture that was made. */
export interface GeneratedImage {
  readonly source: /** Standard base64 with padding. */
  { readonly kind: "base64"; readonly data: string } | { readonly kind: "url"; readonly url: string };
  readonly mediaType?: string;
  /** The prompt as the vendor has rewritten it. */
  readonly revisedPrompt?: string;
}

/** What is told about pictures besides themselves. */
export interface ImageFacts {
  readonly background?: string;
  readonly outputFormat?: string;
  readonly quality?: string;
  readonly size?: string;
}

/** Pictures, at least one. */
export interface ImageResponse extends ImageFacts {
  /** Seconds since the Unix epoch; absent where the vendor does not say. */
  readonly createdS?: number;
  readonly images: readonly GeneratedImage[];
  readonly usage: Usage;
}

/** One step of pictures as they come: previews, whole pictures, `end` last. A stream without `end` was cut. */
export type ImageStreamEvent =
  | ({ readonly type: "preview"; readonly index: number; readonly data: string } & ImageFacts)
  | ({ readonly type: "image"; readonly image: GeneratedImage; readonly usage?: Usage } & ImageFacts)
  /** The vendor failed; nothing may follow. */
  | { readonly type: "error"; readonly error: VendorError }
  | { readonly type: "end" };
