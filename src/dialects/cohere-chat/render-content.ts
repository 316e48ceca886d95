import type {
  AssistantPart,
  FilePart,
  ImagePart,
  PartBase,
  TextPart,
  ToolResultPart,
  UserPart,
} from "../../canonical/content.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { Json, JsonObject } from "../../kernel/json.ts";
import type { TargetTraits } from "../dialect.ts";
import { documentOf } from "./document.ts";
import { planSignature } from "./response.ts";

/** What a model's turn is made of. */
interface RenderedTurn {
  readonly blocks: readonly JsonObject[];
  readonly plan: string;
  readonly calls: readonly JsonObject[];
  readonly citations: readonly Json[];
}

const HAS_NONE = "has no counterpart in Cohere";

/**
 * Parts of messages as Cohere's blocks, for one request. What has no counterpart is told to `losses`.
 * Wire format: https://docs.cohere.com/v2/reference/chat (`messages`)
 */
export class ContentRenderer {
  /** Documents of the user's turns. */
  readonly documents: JsonObject[] = [];
  readonly #losses: Loss[];
  readonly #isBlind: boolean;

  constructor(traits: TargetTraits, losses: Loss[]) {
    this.#losses = losses;
    this.#isBlind = traits.lacks?.includes("images") === true;
  }

  instructions(parts: readonly TextPart[], path: string): string {
    for (const [index, part] of parts.entries()) this.noteCache(part, `${path}.content[${index}]`);
    return parts.map(({ text }) => text).join("\n");
  }

  user(parts: readonly UserPart[], path: string): Json {
    return plain(
      parts.flatMap((part, index): JsonObject[] => {
        const at = `${path}.content[${index}]`;
        this.noteCache(part, at);
        if (part.type === "text") return [{ type: "text", text: part.text }];
        if (part.type === "image") return this.#image(part, at);
        if (part.type === "file") return this.#document(part, at);
        return this.#lose(at, `(${part.type}) ${HAS_NONE}`);
      }),
    );
  }

  result(parts: readonly ToolResultPart[], path: string, isError: boolean): Json {
    const blocks = parts.flatMap((part, index): JsonObject[] => {
      const at = `${path}.content[${index}]`;
      this.noteCache(part, at);
      if (part.type === "text") return part.text === "" ? [] : [{ type: "text", text: part.text }];
      const document = part.type === "file" ? documentOf(part, at) : undefined;
      if (document !== undefined) return [{ type: "document", document }];
      return this.#lose(at, `(${part.type}) cannot be a tool's result for Cohere`);
    });
    // Cohere refuses results without words, and knows no failed ones.
    if (blocks.length === 0) blocks.push({ type: "text", text: "(no output)" });
    const [first] = blocks;
    if (isError && first?.["type"] === "text") blocks[0] = { type: "text", text: `Error: ${first["text"]}` };
    else if (isError) blocks.unshift({ type: "text", text: "Error:" });
    return plain(blocks);
  }

  assistant(parts: readonly AssistantPart[], path: string): RenderedTurn {
    const blocks: JsonObject[] = [];
    const calls: JsonObject[] = [];
    const citations: Json[] = [];
    let plan = "";
    for (const [index, part] of parts.entries()) {
      const at = `${path}.content[${index}]`;
      if ("cache" in part) this.noteCache(part, at);
      if (part.type === "reasoning") {
        if (isPlan(part.signature)) plan += part.text;
        else blocks.push(...this.#thinking(part, at));
      } else if (part.type === "tool-call") {
        const { id, name, arguments: text } = part;
        calls.push({ id, type: "function", function: { name, arguments: text === "" ? "{}" : text } });
      } else if (part.type === "text") {
        if (part.text !== "") blocks.push({ type: "text", text: part.text });
        for (const { raw } of part.citations ?? [])
          if (raw?.dialect === "cohere-chat") citations.push(raw.value);
      } else blocks.push(...this.#said(part, at));
    }
    return { blocks, plan, calls, citations };
  }

  #thinking(part: Extract<AssistantPart, { type: "reasoning" }>, path: string): JsonObject[] {
    const sealed = part.redacted ?? part.signature;
    if (sealed !== undefined && sealed.dialect !== "cohere-chat")
      return this.#lose(path, "is the thinking of another vendor", true);
    return part.text === "" ? [] : [{ type: "thinking", thinking: part.text }];
  }

  #said(
    part: Exclude<AssistantPart, { type: "reasoning" | "tool-call" | "text" }>,
    path: string,
  ): JsonObject[] {
    if (part.type === "refusal") return [{ type: "text", text: part.text }];
    if (part.type === "spoken" && part.transcript !== undefined)
      return [{ type: "text", text: part.transcript }];
    return this.#lose(path, `(${part.type}) ${HAS_NONE}`);
  }

  #image({ source, detail }: ImagePart, path: string): JsonObject[] {
    if (this.#isBlind) return this.#lose(path, "(image) is nothing this model can see");
    if (source.kind === "file-id") return this.#lose(path, "is a file that Cohere does not have");
    const url = source.kind === "url" ? source.url : `data:${source.mediaType};base64,${source.data}`;
    return [{ type: "image_url", image_url: { url, ...(detail !== undefined && { detail }) } }];
  }

  /** Cohere reads documents that are text, and takes them beside the conversation. */
  #document(part: FilePart, path: string): JsonObject[] {
    const document = documentOf(part, String(this.documents.length));
    if (document === undefined) return this.#lose(path, "has to be a text file, as base64, for Cohere");
    this.documents.push(document);
    return [];
  }

  /** Cohere caches as it likes: a marker changes the price at most. */
  noteCache(part: PartBase, path: string): void {
    if (part.cache !== undefined) this.#lose(`${path}.cache`, "cannot be marked for Cohere's cache", true);
  }

  #lose(path: string, reason: string, isHarmless = false): [] {
    this.#losses.push({ path, isHarmless, reason });
    return [];
  }
}

function isPlan(signature: Extract<AssistantPart, { type: "reasoning" }>["signature"]): boolean {
  return signature?.dialect === planSignature.dialect && signature.value === planSignature.value;
}

/** A single text goes as a string, which the oldest models want. */
function plain(blocks: readonly JsonObject[]): Json {
  const [first] = blocks;
  return blocks.length === 1 && typeof first?.["text"] === "string" ? first["text"] : blocks;
}
