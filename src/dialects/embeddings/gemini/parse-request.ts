import type {
  EmbeddingInput,
  EmbeddingLoss,
  EmbeddingPart,
  EmbeddingPurpose,
  EmbeddingRequest,
} from "../../../canonical/embedding.ts";
import { standardBase64 } from "../../../kernel/base64.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../kernel/json.ts";
import { fieldFault, RequestReader } from "../../request-reader.ts";
import type { EmbeddingIngressRequest, ParsedEmbeddings } from "../embedding-dialect.ts";
import { nameOf } from "./envelope.ts";
import { readPurpose } from "./purpose.ts";

/** One request, which a batch has several of. */
interface Single {
  readonly input: EmbeddingInput;
  readonly purpose: EmbeddingPurpose | undefined;
  readonly dimensions: number | undefined;
}

/**
 * Reads `embedContent` and `batchEmbedContents`. What the vectors are for and how long they are has to be the same
 * in a whole batch, since no other dialect can say it apart.
 * Wire format: https://ai.google.dev/api/embeddings
 * @throws LatchkeyError LK-2102
 */
export function parseRequest({
  body,
  model = "",
  isBatch = false,
}: EmbeddingIngressRequest): ParsedEmbeddings {
  const losses: EmbeddingLoss[] = [];
  const name = nameOf(model);
  if (name === "") throw fieldFault("model", "has to be the name of a model, in the path");
  const singles = isBatch ? parseBatch(body, name, losses) : [parseSingle(body, "", name, losses)];
  const [first] = singles;
  if (first === undefined) throw fieldFault("requests", "has to be a list of requests, not an empty one");
  for (const [index, single] of singles.entries()) {
    for (const [member, field] of [
      ["taskType", "purpose"],
      ["outputDimensionality", "dimensions"],
    ] as const)
      if (single[field] !== first[field])
        throw fieldFault(`requests[${index}].${member}`, "has to be the same in all requests of a batch");
  }
  const { purpose, dimensions } = first;
  const request: EmbeddingRequest = {
    model: name,
    inputs: singles.map(({ input }) => input),
    ...(dimensions !== undefined && { dimensions }),
    ...(purpose !== undefined && { purpose }),
  };
  return { request, losses };
}

function parseBatch(body: JsonObject, model: string, losses: EmbeddingLoss[]): readonly Single[] {
  const reader = new RequestReader(body);
  const requests = reader.value("requests");
  if (!Array.isArray(requests)) throw fieldFault("requests", "has to be a list of requests");
  noteRest(reader, "", losses);
  return requests.map((each: Json, index) => {
    const path = `requests[${index}]`;
    if (!isJsonObject(each)) throw fieldFault(path, "has to be an object");
    return parseSingle(each as JsonObject, `${path}.`, model, losses);
  });
}

function parseSingle(body: JsonObject, path: string, model: string, losses: EmbeddingLoss[]): Single {
  const reader = new RequestReader(body, path);
  const named = reader.text("model");
  if (named !== undefined && nameOf(named) !== model)
    throw reader.fault("model", "has to be the model that the path names");
  const parts = parseParts(reader.object("content"), `${path}content.parts`, losses);
  const task = reader.value("taskType", "task_type");
  const isAny = task === undefined || task === "TASK_TYPE_UNSPECIFIED";
  const purpose = isAny ? undefined : readPurpose(task);
  if (!isAny && purpose === undefined) throw reader.fault("taskType", "is none that Gemini has");
  const title = reader.text("title");
  const dimensions = reader.count("outputDimensionality", "output_dimensionality");
  noteRest(reader, path, losses);
  const [only, ...more] = parts;
  const input: EmbeddingInput =
    only?.type === "text" && more.length === 0
      ? { type: "text", text: only.text, ...(title !== undefined && { title }) }
      : { type: "parts", parts };
  return { input, purpose, dimensions };
}

function parseParts(content: JsonObject, path: string, losses: EmbeddingLoss[]): readonly EmbeddingPart[] {
  const { parts } = content;
  if (!Array.isArray(parts) || parts.length === 0) throw fieldFault(path, "has to be a list of parts");
  return parts.flatMap((part: Json, index): readonly EmbeddingPart[] => {
    const at = `${path}[${index}]`;
    if (!isJsonObject(part)) throw fieldFault(at, "has to be an object");
    const reader = new RequestReader(part as JsonObject, `${at}.`);
    const text = reader.text("text");
    if (text !== undefined) return [{ type: "text", text }];
    const inline = reader.value("inlineData", "inline_data");
    const image = isJsonObject(inline) ? imageOf(inline as JsonObject, `${at}.inlineData.`) : undefined;
    if (image !== undefined) return [image];
    losses.push({ path: at, isHarmless: false, reason: "is neither a text nor a picture" });
    return [];
  });
}

/** A picture; `undefined` for media of another kind, which the canonical form has no word for. */
function imageOf(inline: JsonObject, path: string): EmbeddingPart | undefined {
  const reader = new RequestReader(inline, path);
  const mediaType = reader.value("mimeType", "mime_type");
  const data = standardBase64(reader.requiredText("data", "the bytes, as base64"), "any");
  if (typeof mediaType !== "string" || !/^image\//i.test(mediaType)) return undefined;
  if (data === undefined) throw reader.fault("data", "has to be base64 without line breaks");
  return { type: "image", source: { kind: "base64", mediaType, data } };
}

function noteRest(reader: RequestReader, path: string, losses: EmbeddingLoss[]): void {
  for (const name of reader.rest())
    losses.push({ path: `${path}${name}`, isHarmless: false, reason: "is known to no other dialect" });
}
