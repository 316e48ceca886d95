import type { EmbeddingRequest, EmbeddingResponse } from "../../../canonical/embedding.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../kernel/json.ts";
import type { TargetTraits } from "../../dialect.ts";
import { parseError } from "../../openai-chat/error.ts";
import type { EmbeddingEgress, RenderedEmbeddings } from "../embedding-dialect.ts";
import { readVector } from "../float32.ts";
import { EmbeddingLosses, textOf } from "../losses.ts";
import { modelPath } from "../path.ts";
import { readTokenUsage } from "../usage.ts";

/** Source: https://platform.openai.com/docs/api-reference/embeddings/create (`input`) */
const MAX_INPUTS = 2_048;

/** OpenAI's embeddings. Wire format: https://platform.openai.com/docs/api-reference/embeddings */
export const openaiEgress: EmbeddingEgress = {
  shape: "openai",
  path: modelPath,
  renderRequest,
  maxInputs: () => MAX_INPUTS,
  parseResponse: (body) => parseResponse(body),
  parseError,
};

function renderRequest(request: EmbeddingRequest, traits: TargetTraits): RenderedEmbeddings {
  const losses = new EmbeddingLosses(request, "OpenAI");
  losses.limit(MAX_INPUTS);
  // Its vectors serve all purposes, and what is too long is an error, never a vector of something else.
  losses.lacks({ purpose: true, title: true, ...(request.truncate !== "none" && { truncate: true }) });
  const { dimensions, encoding, endUser } = request;
  const body: JsonObject = {
    model: traits.upstreamModel,
    input: renderInputs(request, losses),
    ...(dimensions !== undefined && { dimensions }),
    // Not all who speak this dialect know the member: it is left out where its default will do.
    ...(encoding === "base64" && { encoding_format: encoding }),
    ...(endUser !== undefined && { user: endUser }),
  };
  return { body, losses: losses.list };
}

function renderInputs(
  { inputs }: EmbeddingRequest,
  losses: EmbeddingLosses,
): readonly (string | readonly number[])[] {
  return inputs.flatMap((input, index) => {
    const rendered = input.type === "tokens" ? input.tokens : textOf(input);
    if (rendered === undefined) losses.misfit(index);
    return rendered === undefined ? [] : [rendered];
  });
}

/** Reads an answer in OpenAI's shape; `undefined` where it is none. The order is that of `index`. */
export function parseResponse(
  body: Json,
  readEmbedding: typeof readVector = readVector,
): EmbeddingResponse | undefined {
  if (!isJsonObject(body) || !Array.isArray(body["data"])) return undefined;
  const { id, model } = body;
  const data: readonly unknown[] = body["data"];
  const vectors = new Array<NonNullable<ReturnType<typeof readVector>> | undefined>(data.length).fill(
    undefined,
  );
  for (const [position, item] of data.entries()) {
    if (!isJsonObject(item)) return undefined;
    const index = item["index"] ?? position;
    if (typeof index !== "number" || !(index in vectors)) return undefined;
    vectors[index] = readEmbedding(item["embedding"]);
  }
  if (!vectors.every((vector) => vector !== undefined)) return undefined;
  const usage = readTokenUsage(body["usage"]);
  return {
    vectors,
    ...(typeof id === "string" && { id }),
    ...(typeof model === "string" && { model }),
    ...(usage !== undefined && { usage }),
  };
}
