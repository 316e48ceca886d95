import type { ChatRequestField } from "../../canonical/chat-request.ts";
import type { TargetTraits } from "../dialect.ts";

/**
 * Departures of a vendor from OpenAI's own Chat Completions. Profiles hold them as plain data under these names; what
 * a profile does not say is as OpenAI has it. Lists are words with a space between them.
 */
export interface ChatQuirks {
  /** Member for the limit of the answer's tokens. */
  readonly limit: "max_completion_tokens" | "max_tokens";
  /** Whether the role `developer` is known; `system` stands in for it. */
  readonly developerRole: boolean;
  /** Whether messages may carry the `name` of who speaks. */
  readonly names: boolean;
  /** Whether text-only content may be a list of parts; it is joined to one text otherwise. */
  readonly textParts: boolean;
  /** Whether the model's message may carry a `refusal`; it is told as text otherwise. */
  readonly refusals: boolean;
  /** Whether `stream_options` is known; usage comes unasked otherwise. */
  readonly streamOptions: boolean;
  /** Member of a stream's chunk that holds `usage` where the chunk itself does not; empty for none. */
  readonly usageIn: string;
  /** Stop texts that are taken at most; the gateway looks for more of them itself. */
  readonly stops: number;
  readonly seed: "seed" | "random_seed";
  /** Whether `metadata` is taken for answers only that are to be stored. */
  readonly metadataNeedsStore: boolean;
  /** Member for the id of the person behind the request. */
  readonly endUser: "safety_identifier" | "user" | "user_id";
  /** Word of `tool_choice` for "some tool, whichever". */
  readonly required: "required" | "any";
  /** What can be forced on the model: any tool or one of them, or nothing (`auto`). */
  readonly toolChoice: "forced" | "auto";
  /** Whether `allowed_tools` is known; the other tools are left out otherwise. */
  readonly allowedTools: boolean;
  /** Whether functions may be `strict`. */
  readonly strictTools: boolean;
  /** Exact length of a tool call's id, which has letters and digits only; 0 for any id. */
  readonly toolCallIdLength: number;
  /** How the model is told to go on from its own last message: not at all, by a member, or by its being the last. */
  readonly prefix: "none" | "prefix" | "partial" | "continue_final_message" | "implied";
  /** Where thinking of earlier turns goes: a member of the model's message, parts or tags of its content. */
  readonly thinkingBack: "none" | "reasoning_content" | "reasoning" | "reasoning_details" | "parts" | "tags";
  /** Whether a message with tool calls has to have the member for thinking, empty where the model showed none. */
  readonly thinkingInCalls: boolean;
  /** Whether no tool can be forced on a model while it thinks: thinking is switched off for such a request. */
  readonly forcingEndsThinking: boolean;
  /**
   * How thinking is asked for: `reasoning_effort`; `thinking: {type}`; both; `enable_thinking` with
   * `thinking_budget`; a `reasoning` object; `chat_template_kwargs` beside the effort; not at all.
   */
  readonly thinkingControl:
    | "effort"
    | "thinking"
    | "thinking+effort"
    | "enable_thinking"
    | "reasoning"
    | "template"
    | "none";
  /** Efforts that are known; the nearest one is told for any other. Undefined: all. */
  readonly efforts: readonly string[] | undefined;
  /** Whether some models write their thinking into the text, between `<think>` and `</think>` at its beginning. */
  readonly thinkTags: boolean;
  /** Whether `response_format` may be a JSON schema; a tool stands in for it otherwise. */
  readonly jsonSchema: boolean;
  /** Member of a content part that marks the end of what is to be cached. */
  readonly cacheMarkers: "none" | "cache_control" | "prompt_cache_breakpoint";
  /** Whether the vendor fetches pictures by their URL. */
  readonly imageUrls: boolean;
  /** How a file goes into a message: OpenAI's `file`, the same with URLs as `file_data`, or `document_url`. */
  readonly files: "file" | "file_or_url" | "document_url";
  /** Whether `input_audio` is the sound itself instead of an object around it. */
  readonly plainAudio: boolean;
  /** Whether images of the model come and go as `images` of its message. */
  readonly imageOutput: boolean;
  /** Whether signatures of tool calls go back in `extra_content`. */
  readonly extraContent: boolean;
  /** Members of the canonical request that are known although OpenAI has none for them. */
  readonly more: ReadonlySet<string>;
  /** Members of the canonical request that the vendor refuses although OpenAI takes them. */
  readonly less: readonly ChatRequestField[];
}

const OPENAI: ChatQuirks = {
  limit: "max_completion_tokens",
  developerRole: true,
  names: true,
  textParts: true,
  refusals: true,
  streamOptions: true,
  usageIn: "",
  stops: 4,
  seed: "seed",
  metadataNeedsStore: true,
  endUser: "safety_identifier",
  required: "required",
  toolChoice: "forced",
  allowedTools: true,
  strictTools: true,
  toolCallIdLength: 0,
  prefix: "none",
  thinkingBack: "none",
  thinkingInCalls: false,
  forcingEndsThinking: false,
  thinkingControl: "effort",
  efforts: undefined,
  thinkTags: false,
  jsonSchema: true,
  cacheMarkers: "none",
  imageUrls: true,
  files: "file",
  plainAudio: false,
  imageOutput: false,
  extraContent: false,
  more: new Set(),
  less: [],
};

type RawQuirks = NonNullable<TargetTraits["quirks"]>;

const known = new WeakMap<RawQuirks, ChatQuirks>();

/** The quirks of a target, read once for each profile. */
export function quirksOf({ quirks }: TargetTraits): ChatQuirks {
  if (quirks === undefined) return OPENAI;
  const cached = known.get(quirks);
  if (cached !== undefined) return cached;
  const { more, less, efforts, ...plain } = quirks;
  const read = {
    ...OPENAI,
    ...plain,
    efforts: efforts === undefined ? undefined : words(efforts),
    more: new Set(words(more)),
    less: words(less),
  } as ChatQuirks;
  known.set(quirks, read);
  return read;
}

function words(value: RawQuirks[string] | undefined): readonly string[] {
  return typeof value === "string" ? value.split(" ").filter((word) => word !== "") : [];
}
