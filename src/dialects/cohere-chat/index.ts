import type { ChatDialect } from "../dialect.ts";
import { parseError } from "./error.ts";
import { exactMembers } from "./exact-members.ts";
import { renderRequest } from "./render-request.ts";
import { parseResponse } from "./response.ts";
import { CohereStreamDecoder } from "./stream-decoder.ts";

const PATHS = { whole: "/chat", stream: "/chat" };

/** Cohere's Chat API, version 2. Wire format: https://docs.cohere.com/v2/reference/chat */
export const cohereChat: ChatDialect = {
  name: "cohere-chat",
  egress: {
    paths: () => PATHS,
    renderRequest,
    parseResponse: (body, { upstreamModel }) => parseResponse(body, upstreamModel),
    decodeStream: ({ upstreamModel }, emit) => new CohereStreamDecoder(upstreamModel, emit),
    parseError,
    exactMembers,
  },
};
