import type { ChatDialect } from "../dialect.ts";
import { parseError } from "./error.ts";
import { exactMembers } from "./exact-members.ts";
import { renderRequest } from "./render-request.ts";
import { parseResponse } from "./response.ts";
import { OllamaStreamDecoder } from "./stream-decoder.ts";

const PATHS = { whole: "/api/chat", stream: "/api/chat" };

/** Ollama's own chat API. Wire format: https://docs.ollama.com/api/chat */
export const ollamaChat: ChatDialect = {
  name: "ollama-chat",
  egress: {
    paths: () => PATHS,
    renderRequest,
    parseResponse,
    decodeStream: (_traits, emit) => new OllamaStreamDecoder(emit),
    parseError,
    exactMembers,
    inlines: () => ["image", "file", "audio"],
    streamTypes: ["application/x-ndjson"],
  },
};
