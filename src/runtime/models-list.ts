import { hasId } from "../artifact/grant.ts";
import type { AuthenticatedCall } from "./pipeline.ts";
import { answerHeaders } from "./relay/answer-headers.ts";
import { authorizeModel } from "./stages/authorize.ts";
import type { ModelEntry } from "./target-table.ts";

const encoder = new TextEncoder();

/**
 * `GET /v1/models`: the models that the key may use, in OpenAI's shape.
 * Wire format: https://platform.openai.com/docs/api-reference/models/list
 */
export function listModels(call: AuthenticatedCall): Response {
  const { tables, key } = call;
  let body = tables.modelLists.get(key.grant.id);
  if (body === undefined) {
    const data = tables.models.filter((model) => hasId(key.grant.models, model.id)).map(describeModel);
    body = encoder.encode(JSON.stringify({ object: "list", data }));
    tables.modelLists.set(key.grant.id, body);
  }
  return answer(call, body);
}

/** `GET /v1/models/<model>`: one of them. @throws LatchkeyError LK-2004. */
export function getModel(call: AuthenticatedCall): Response {
  const model = authorizeModel(call.tables, call.key, decodeName(call.path.slice("/v1/models/".length)));
  return answer(call, encoder.encode(JSON.stringify(describeModel(model))));
}

function describeModel(model: ModelEntry): object {
  return { id: model.name, object: "model", created: 0, owned_by: "latchkey" };
}

function answer(call: AuthenticatedCall, body: Uint8Array<ArrayBuffer>): Response {
  call.responseBytes = body.length;
  call.finish(200);
  return new Response(body, { headers: answerHeaders(call, call.tables.headers, "application/json") });
}

function decodeName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
