import { hasId } from "../../artifact/grant.ts";
import {
  renderModelsList as renderAnthropicList,
  renderModel as renderAnthropicModel,
} from "../../dialects/anthropic-messages/models-list.ts";
import {
  type ListedModel,
  renderModelsList as renderGeminiList,
  renderModel as renderGeminiModel,
} from "../../dialects/gemini/models-list.ts";
import type { IncomingRequest, Reply } from "../../http/exchange.ts";
import type { AuthenticatedCall, Route } from "../pipeline.ts";
import { wholeReply } from "../relay/whole-reply.ts";
import { authorizeModel } from "../stages/authorize.ts";
import type { ModelEntry } from "../target-table.ts";
import { readGeminiPath } from "./gemini.ts";

const encoder = new TextEncoder();

/**
 * `GET /v1/models`: the models that the key may use, in OpenAI's shape, or in Anthropic's or Gemini's for their clients.
 * Wire format: https://platform.openai.com/docs/api-reference/models/list, https://docs.anthropic.com/en/api/models-list
 */
export const listModels: Route = (call, request, services) => {
  const { tables, key } = call;
  if (isGoogle(request)) return listGeminiModels(call, request, services);
  if (isAnthropic(request))
    return answer(call, encoder.encode(JSON.stringify(renderAnthropicList(granted(call)))));
  const { grant } = key;
  if (grant.modelList === undefined) {
    const data = tables.models.filter((model) => hasId(grant.models, model.id)).map(describeModel);
    grant.modelList = encoder.encode(JSON.stringify({ object: "list", data }));
  }
  return answer(call, grant.modelList);
};

/** `GET /v1/models/<model>`: one of them. @throws LatchkeyError LK-2004. */
export const getModel: Route = (call, request) => {
  if (isGoogle(request)) return describeForGemini(call);
  const model = authorizeModel(call.tables, call.key, decodeName(call.path.slice("/v1/models/".length)));
  const body = isAnthropic(request) ? renderAnthropicModel(listed(model)) : describeModel(model);
  return answer(call, encoder.encode(JSON.stringify(body)));
};

/** `GET /v1beta/models`, in Gemini's shape and in pages. @throws LatchkeyError LK-2102 for a page that cannot be. */
export const listGeminiModels: Route = (call) => {
  const query = new URLSearchParams(call.query);
  const page = { pageSize: query.get("pageSize"), pageToken: query.get("pageToken") };
  const body = renderGeminiList(granted(call), page);
  return answer(call, encoder.encode(JSON.stringify(body)));
};

/** `GET /v1beta/models/<model>`, in Gemini's shape. @throws LatchkeyError LK-2004. */
export const getGeminiModel: Route = (call) => describeForGemini(call);

function describeForGemini(call: AuthenticatedCall): Reply {
  const model = authorizeModel(call.tables, call.key, readGeminiPath(call).model);
  return answer(call, encoder.encode(JSON.stringify(renderGeminiModel(listed(model)))));
}

/** Whether a list is asked for in Gemini's shape on a path that OpenAI has as well: its clients send their key so. */
function isGoogle(request: IncomingRequest): boolean {
  return request.headers.has("x-goog-api-key");
}

/** Whether a list is asked for in Anthropic's shape: its clients always send their version. */
function isAnthropic(request: IncomingRequest): boolean {
  return request.headers.has("anthropic-version");
}

function granted({ tables, key }: AuthenticatedCall): readonly ListedModel[] {
  return tables.models.filter(({ id }) => hasId(key.grant.models, id)).map(listed);
}

/** Sizes are those that every target of the model has. */
function listed(model: ModelEntry): ListedModel & { readonly createdS?: number } {
  const { name, summary, createdS, contextWindow, maxOutputTokens } = model;
  return {
    id: name,
    ...(summary !== null && { displayName: summary }),
    ...(createdS !== undefined && { createdS }),
    ...(contextWindow !== undefined && { contextWindow }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
  };
}

/** OpenAI's clients take `created` for a number: the epoch itself stands for a day that nobody knows, as at Anthropic. */
function describeModel({ name, createdS = 0 }: ModelEntry): object {
  return { id: name, object: "model", created: createdS, owned_by: "latchkey" };
}

function answer(call: AuthenticatedCall, body: Uint8Array<ArrayBuffer>): Reply {
  return wholeReply(call, call.tables.headers, body);
}

function decodeName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
