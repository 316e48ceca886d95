import type {
  EmbeddingInput,
  EmbeddingLoss,
  EmbeddingPurpose,
  EmbeddingRequest,
} from "../../../canonical/embedding.ts";
import type { Json } from "../../../kernel/json.ts";
import { fieldFault, RequestReader } from "../../request-reader.ts";
import type { EmbeddingIngressRequest, ParsedEmbeddings } from "../embedding-dialect.ts";

const ENCODINGS = { float: "float", base64: "base64" } as const;
/** Words that vendors who speak this dialect use for what OpenAI's own vectors do not mind. */
const PURPOSES: Readonly<Record<string, EmbeddingPurpose>> = {
  query: "query",
  search_query: "query",
  document: "document",
  passage: "document",
  search_document: "document",
  classification: "classification",
  clustering: "clustering",
};
const CUTS = { NONE: "none", START: "start", END: "end" } as const;

/**
 * Reads a request in OpenAI's words, and `input_type` and `truncate` as vendors have added them.
 * Wire format: https://platform.openai.com/docs/api-reference/embeddings/create
 * @throws LatchkeyError LK-2102
 */
export function parseRequest({ body }: EmbeddingIngressRequest): ParsedEmbeddings {
  const reader = new RequestReader(body);
  const model = reader.requiredText("model", "the name of a model");
  const inputs = parseInputs(reader.value("input"));
  const dimensions = reader.count("dimensions");
  const encoding = reader.word(ENCODINGS, "encoding_format");
  const purpose = reader.word(PURPOSES, "input_type");
  const truncate = reader.word(CUTS, "truncate");
  const endUser = reader.text("user");
  const request: EmbeddingRequest = {
    model,
    inputs,
    ...(dimensions !== undefined && { dimensions }),
    ...(encoding !== undefined && { encoding }),
    ...(purpose !== undefined && { purpose }),
    ...(truncate !== undefined && { truncate }),
    ...(endUser !== undefined && { endUser }),
  };
  const losses = reader.rest().map(
    (path): EmbeddingLoss => ({
      path,
      isHarmless: false,
      reason: "is known to no other dialect",
    }),
  );
  return { request, losses };
}

/** A text, several, or either as the numbers of their tokens: a list of numbers is one input. */
function parseInputs(input: Json | undefined): readonly EmbeddingInput[] {
  if (typeof input === "string") return [{ type: "text", text: input }];
  if (!Array.isArray(input) || input.length === 0)
    throw fieldFault("input", "has to be a text, a list of texts, or token ids");
  if (typeof input[0] === "number") return [parseTokens(input, "input")];
  return input.map((each: Json, index): EmbeddingInput => {
    if (typeof each === "string") return { type: "text", text: each };
    return parseTokens(each, `input[${index}]`);
  });
}

function parseTokens(value: Json, path: string): EmbeddingInput {
  if (!Array.isArray(value) || value.length === 0)
    throw fieldFault(path, "has to be a text or a list of token ids");
  const odd = value.findIndex((id: Json) => !(typeof id === "number" && Number.isSafeInteger(id) && id >= 0));
  if (odd >= 0) throw fieldFault(`${path}[${odd}]`, "has to be a token id");
  return { type: "tokens", tokens: value as readonly number[] };
}
