import type { DatedPrice } from "./price.ts";
import type { DialectName } from "./provider-profile.ts";

/** What models are for; `realtime` ones converse over a connection of their own, which this gateway does not relay. */
export const modelKinds = [
  "chat",
  "embedding",
  "rerank",
  "image",
  "video",
  "speech",
  "transcription",
  "moderation",
  "realtime",
] as const;

/** What a model is for. */
export type ModelKind = (typeof modelKinds)[number];

/** What a model takes or gives. */
export type Modality = "text" | "image" | "audio" | "video" | "file";

/** Something that a model may be able to do. Taking pictures, sound and files are modalities of its input. */
export type Ability = "tools" | "json-schema" | "reasoning";

/** What a target may lack, as artifacts and configs name it. */
export const lackNames = [
  "tools",
  "json-schema",
  "reasoning",
  "images",
  "files",
  "audio",
  "sampling",
  "forced-tools",
] as const;

/** Something that a target lacks; `sampling` is that a temperature can be chosen, `forced-tools` that a tool has to be used. */
export type Lack = (typeof lackNames)[number];

/** The life of a model at its provider; days as `YYYY-MM-DD`. */
export interface Lifecycle {
  readonly releasedOn?: string;
  /** When the vendor said that it will go; absent too where only the fact is known. */
  readonly deprecatedOn?: string;
  /** From this day on calls fail. */
  readonly retiredOn?: string;
  /** Deprecated on a day that is not known. */
  readonly isDeprecated?: true;
  /** Retired on a day that is not known: calls fail already. */
  readonly isRetired?: true;
  /** What the vendor names instead, or what is named instead of that where it goes as well. */
  readonly replacement?: string;
}

/**
 * What is known of one model id at one provider type. What is absent is unknown, never "no": what a model cannot
 * do or does not take is among `lacks`.
 */
export interface ModelCard extends Lifecycle {
  readonly id: string;
  readonly name?: string;
  readonly kind: ModelKind;
  /** Tokens of prompt and answer together. */
  readonly contextWindow?: number;
  /** Tokens of an answer. */
  readonly maxOutputTokens?: number;
  /** The one dialect in which the vendor serves it; absent: the provider's usual one. */
  readonly speaks?: DialectName;
  readonly takes?: readonly Modality[];
  /** Absent: text, or vectors and judgements where the kind says so. */
  readonly gives?: readonly Modality[];
  /** Known to be able to. */
  readonly can?: readonly Ability[];
  /** Known to be unable to. */
  readonly lacks?: readonly Lack[];
  /** Absent: unknown, which is not free. */
  readonly prices?: readonly DatedPrice[];
}

/** A model as the data files keep it: under its id, and a chat model unless it says otherwise. */
export type ModelRow = Omit<ModelCard, "id" | "kind"> & { readonly kind?: Exclude<ModelKind, "chat"> };
