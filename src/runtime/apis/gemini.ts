import { gemini } from "../../dialects/gemini/index.ts";
import { type GeminiPath, readPath, requestPath } from "../../dialects/gemini/path.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { AuthenticatedCall, Route } from "../pipeline.ts";
import { batchEmbedContentsApi, embedContentApi } from "../tasks/embeddings-apis.ts";
import { runTask } from "../tasks/run-task.ts";
import { converse } from "./conversations.ts";
import { countTokens } from "./count-tokens.ts";

/** `POST /v1beta/models/<model>:<method>`, of Gemini's API. @throws LatchkeyError LK-2006 for methods that are unknown. */
export const geminiMethod: Route = (call, request, services) => {
  const path = readGeminiPath(call);
  switch (path.method) {
    case "generateContent":
    case "streamGenerateContent": {
      const alt = new URLSearchParams(call.query).get("alt");
      return converse(gemini, call, request, services, { path: requestPath(path, alt) });
    }
    case "countTokens":
      return countTokens(gemini, path.model, call, request, services);
    case "embedContent":
      return runTask(embedContentApi, { model: path.model }, call, request, services);
    case "batchEmbedContents":
      return runTask(batchEmbedContentsApi, { model: path.model }, call, request, services);
    default:
      throw new LatchkeyError("LK-2006");
  }
};

/** What a path of Gemini's API names. @throws LatchkeyError LK-2006 where it names nothing. */
export function readGeminiPath({ path }: AuthenticatedCall): GeminiPath {
  const found = readPath(path);
  if (found === undefined) throw new LatchkeyError("LK-2006");
  return found;
}
