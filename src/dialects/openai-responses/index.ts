import type { ChatDialect } from "../dialect.ts";
import { parseError } from "./error.ts";
import { paths, renderRequest } from "./render-request.ts";
import { parseResponse } from "./response.ts";
import { ResponsesStreamDecoder } from "./stream-decoder.ts";

/** OpenAI's Responses API. Wire format: https://platform.openai.com/docs/api-reference/responses */
export const openaiResponses: ChatDialect = {
  name: "openai-responses",
  egress: {
    paths,
    renderRequest,
    parseResponse,
    decodeStream: (traits, emit) => new ResponsesStreamDecoder(traits, emit),
    parseError,
  },
};
