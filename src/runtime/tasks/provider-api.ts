import { embeddingEgresses } from "../../dialects/embeddings/index.ts";
import { images } from "../../dialects/images/index.ts";
import { moderations } from "../../dialects/moderations/index.ts";
import { rerankEgresses } from "../../dialects/rerank/index.ts";
import { speech } from "../../dialects/speech/index.ts";
import { fillPath } from "../../dialects/task/path.ts";
import type { TaskTraits } from "../../dialects/task/task-dialect.ts";
import { transcription } from "../../dialects/transcription/index.ts";

/** Names of the APIs beside conversations, as providers' profiles have them. */
export const taskApiNames = [
  "embeddings",
  "rerank",
  "images",
  "imageEdits",
  "speech",
  "transcription",
  "translation",
  "moderations",
] as const;

/** Name of an API beside conversations. */
export type TaskApiName = (typeof taskApiNames)[number];

/** What is the same for all providers that have an API. */
export interface ProviderApiRow {
  /** What the API is for, in the plural, for people. */
  readonly what: string;
  /** What answers may be, as in the header `accept`; absent: JSON or events. */
  readonly accept?: string;
  /** Shapes that are spoken. */
  readonly shapes: readonly string[];
  /** Path with the model's id in it, and all else that the shape changes about it; default: the id only. */
  readonly path?: (shape: string, traits: TaskTraits) => string;
}

const ANYTHING = "*/*";

/** The APIs by their names. */
export const providerApis: Readonly<Record<TaskApiName, ProviderApiRow>> = {
  embeddings: {
    what: "embeddings",
    shapes: Object.keys(embeddingEgresses),
    path: (shape, traits) => {
      const found = Object.values(embeddingEgresses).find((egress) => egress.shape === shape);
      return found?.path(traits.path, traits) ?? traits.path;
    },
  },
  rerank: { what: "rerank", shapes: Object.keys(rerankEgresses) },
  images: { what: "images", shapes: Object.keys(images.egress) },
  imageEdits: { what: "edited images", shapes: Object.keys(images.egress) },
  speech: { what: "speech", shapes: Object.keys(speech.egress), accept: ANYTHING },
  transcription: { what: "transcripts", shapes: Object.keys(transcription.egress), accept: ANYTHING },
  translation: {
    what: "translated transcripts",
    shapes: Object.keys(transcription.egress),
    accept: ANYTHING,
  },
  moderations: { what: "moderations", shapes: Object.keys(moderations.egress) },
};

/** Where requests go that are passed on as they are. */
export function passPath({ path }: ProviderApiRow, shape: string, traits: TaskTraits): string {
  return path === undefined ? fillPath(traits.path, traits.upstreamModel) : path(shape, traits);
}
