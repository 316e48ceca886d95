import type { SpeechFormat } from "../../canonical/speech.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { TaskTraits } from "../task/task-dialect.ts";
import { speechFormats } from "./formats.ts";

/** How a vendor's API departs from OpenAI's. The names in brackets are those in a provider's profile. */
export interface SpeechQuirks {
  /** The formats that the vendor has (`formats`, between spaces); all where absent. */
  readonly formats: readonly SpeechFormat[] | undefined;
  /** What is asked for where the caller says nothing (`defaultFormat`); the vendor's own default where absent. */
  readonly defaultFormat: SpeechFormat | undefined;
  /** What the vendor calls raw sound (`pcm`). */
  readonly pcm: string;
  /** What has to be said beside it to get 16 bits at 24 kHz (`pcmEncoding`, `pcmRate`). */
  readonly pcmMembers: JsonObject;
  /** Members of OpenAI's that the vendor has not (`lacks`, canonical names between spaces). */
  readonly lacks: readonly string[];
  /** Whether sound can be had as events (`events`). */
  readonly hasEvents: boolean;
}

/** Reads the quirks of a target; one that has none speaks as OpenAI does. */
export function readQuirks({ quirks = {} }: TaskTraits): SpeechQuirks {
  const { formats, defaultFormat, pcm, pcmEncoding, pcmRate, lacks, events } = quirks;
  const listed = typeof formats === "string" ? formats.split(" ") : undefined;
  return {
    formats: listed && speechFormats.filter((format) => listed.includes(format)),
    defaultFormat: speechFormats.find((format) => format === defaultFormat),
    pcm: typeof pcm === "string" ? pcm : "pcm",
    pcmMembers: {
      ...(typeof pcmEncoding === "string" && { response_encoding: pcmEncoding }),
      ...(typeof pcmRate === "number" && { sample_rate: pcmRate }),
    },
    lacks: typeof lacks === "string" ? lacks.split(" ") : [],
    hasEvents: events !== false,
  };
}
