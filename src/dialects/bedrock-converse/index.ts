import type { ChatDialect } from "../dialect.ts";
import { parseError } from "./error.ts";
import { exactMembers } from "./exact-members.ts";
import { paths, renderRequest } from "./render-request.ts";
import { parseResponse } from "./response.ts";
import { BedrockStreamDecoder } from "./stream-decoder.ts";

/** The Converse API of Amazon Bedrock. Wire format: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
export const bedrockConverse: ChatDialect = {
  name: "bedrock-converse",
  egress: {
    paths,
    renderRequest,
    parseResponse: (body, { upstreamModel }) => parseResponse(body, upstreamModel),
    decodeStream: ({ upstreamModel }, emit) => new BedrockStreamDecoder(upstreamModel, emit),
    parseError,
    exactMembers,
    inlines: () => ["image", "file", "audio"],
    streamTypes: ["application/vnd.amazon.eventstream"],
  },
};
