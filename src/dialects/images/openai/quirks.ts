import type { ImageRequestField } from "../../../canonical/image-generation.ts";
import type { TaskTraits } from "../../task/task-dialect.ts";

/** How a vendor's API departs from OpenAI's. The names in brackets are those in a provider's profile. */
export interface ImageQuirks {
  /** How the size is told (`size`). */
  readonly size: "size" | "width-height" | "aspect-ratio";
  /** What `response_format` calls bytes (`base64`). */
  readonly base64: string;
  /** The member that names the format of files (`format`), and its word for JPEG (`jpeg`). */
  readonly format: string;
  readonly jpeg: string;
  /** What comes where `response_format` cannot be told (`gives`). */
  readonly gives: "bytes" | "url";
  /**
   * How pictures are handed in (`inputs`): files of a form, one URL in `image_url`, objects with a `url` in `image` or
   * `images`, or parts of a message in `input_references`.
   */
  readonly inputs: "form" | "image-url" | "objects" | "references";
  /** Members of OpenAI's that the vendor has not (`lacks`, canonical names between spaces). */
  readonly lacks: readonly string[];
  /** Members that the vendor has beside OpenAI's (`knows`). */
  readonly knows: readonly string[];
}

/** OpenAI's own members. */
const OWN: readonly ImageRequestField[] = [
  "images",
  "mask",
  "count",
  "size",
  "quality",
  "style",
  "background",
  "outputFormat",
  "outputCompression",
  "moderation",
  "inputFidelity",
  "answerAs",
  "endUser",
  "partialImages",
];

const EXTRA: readonly ImageRequestField[] = ["aspectRatio", "negativePrompt", "seed"];

/** Reads the quirks of a target; one that has none speaks as OpenAI does. */
export function readQuirks({ quirks = {} }: TaskTraits): ImageQuirks {
  const { size, base64, format, jpeg, gives, inputs } = quirks;
  return {
    size: size === "width-height" || size === "aspect-ratio" ? size : "size",
    base64: typeof base64 === "string" ? base64 : "b64_json",
    format: typeof format === "string" ? format : "output_format",
    jpeg: typeof jpeg === "string" ? jpeg : "jpeg",
    gives: gives === "url" ? "url" : "bytes",
    inputs: inputs === "image-url" || inputs === "objects" || inputs === "references" ? inputs : "form",
    lacks: words(quirks["lacks"]),
    knows: words(quirks["knows"]),
  };
}

/** What a vendor with these quirks can be told. */
export function knownFields({ lacks, knows }: ImageQuirks): readonly ImageRequestField[] {
  return [
    ...OWN.filter((field) => !lacks.includes(field)),
    ...EXTRA.filter((field) => knows.includes(field)),
  ];
}

function words(value: unknown): readonly string[] {
  return typeof value === "string" ? value.split(" ") : [];
}
