import { callerDialects } from "../dialects/registry.ts";
import { rerankIngress } from "../dialects/rerank/index.ts";
import { LatchkeyError } from "../kernel/error.ts";
import { conversations } from "../runtime/apis/conversations.ts";
import { countTokens } from "../runtime/apis/count-tokens.ts";
import { geminiMethod } from "../runtime/apis/gemini.ts";
import { getGeminiModel, getModel, listGeminiModels, listModels } from "../runtime/apis/models-list.ts";
import { countInputTokens, responses } from "../runtime/apis/responses/responses.ts";
import {
  cancelResponse,
  deleteResponse,
  getResponse,
  listInputItems,
} from "../runtime/apis/responses/stored.ts";
import { callEndpoint } from "../runtime/endpoint/call-endpoint.ts";
import { renderEndpointError } from "../runtime/endpoint/render-error.ts";
import type { Route } from "../runtime/pipeline.ts";
import { embeddingsApi } from "../runtime/tasks/embeddings-apis.ts";
import {
  imageEditsApi,
  imagesApi,
  moderationsApi,
  speechApi,
  transcriptionApi,
  translationApi,
} from "../runtime/tasks/form-apis.ts";
import { rerankApi } from "../runtime/tasks/rerank-api.ts";
import { taskRoute } from "../runtime/tasks/run-task.ts";
import type { ErrorTeller } from "./error-response.ts";

/** A path that callers may call with a key. */
export interface RouteRow {
  readonly method: "GET" | "POST" | "DELETE";
  /** A literal, or with parameters between slashes. */
  readonly path: string;
  /** What a request's path has to look like. */
  readonly pattern: RegExp;
  readonly route: Route;
  /** How errors are told. */
  readonly teller: ErrorTeller;
}

const messages = callerDialects["anthropic-messages"];
const openai: ErrorTeller = callerDialects["openai-chat"].ingress;
const anthropic: ErrorTeller = messages.ingress;
const cohere: ErrorTeller = rerankIngress;
const google: ErrorTeller = callerDialects.gemini.ingress;

/** Every path but the public ones. */
export const routeTable: readonly RouteRow[] = [
  post("/v1/chat/completions", conversations(callerDialects["openai-chat"]), openai),
  post("/v1/responses", responses, openai),
  post("/v1/responses/input_tokens", countInputTokens, openai),
  post("/v1/responses/compact", notServed, openai),
  get("/v1/responses/:id", getResponse, openai),
  remove("/v1/responses/:id", deleteResponse, openai),
  post("/v1/responses/:id/cancel", cancelResponse, openai),
  get("/v1/responses/:id/input_items", listInputItems, openai),
  post("/v1/messages", conversations(messages), anthropic),
  post("/v1/messages/count_tokens", countMessageTokens, anthropic),
  post("/v1/embeddings", taskRoute(embeddingsApi), openai),
  post("/v1/images/generations", taskRoute(imagesApi, { operation: "generate" }), openai),
  post("/v1/images/edits", taskRoute(imageEditsApi, { operation: "edit" }), openai),
  post("/v1/audio/speech", taskRoute(speechApi), openai),
  post("/v1/audio/transcriptions", taskRoute(transcriptionApi, { operation: "transcribe" }), openai),
  post("/v1/audio/translations", taskRoute(translationApi, { operation: "translate" }), openai),
  post("/v1/moderations", taskRoute(moderationsApi), openai),
  post("/v1/rerank", taskRoute(rerankApi), cohere),
  post("/v2/rerank", taskRoute(rerankApi), cohere),
  get("/v1/models", listModels, openai),
  // Names of models may hold slashes, which clients do not all encode.
  get("/v1/models/:first", getModel, openai),
  get("/v1/models/:first/:second", getModel, openai),
  get("/v1/models/:first/:second/:third", getModel, openai),
  // Google's clients leave the version to be `v1` or `v1beta`.
  post("/v1/models/:first", geminiMethod, google),
  post("/v1/models/:first/:second", geminiMethod, google),
  post("/v1/models/:first/:second/:third", geminiMethod, google),
  get("/v1beta/models", listGeminiModels, google),
  get("/v1beta/models/:first", getGeminiModel, google),
  get("/v1beta/models/:first/:second", getGeminiModel, google),
  get("/v1beta/models/:first/:second/:third", getGeminiModel, google),
  post("/v1beta/models/:first", geminiMethod, google),
  post("/v1beta/models/:first/:second", geminiMethod, google),
  post("/v1beta/models/:first/:second/:third", geminiMethod, google),
  post("/api/:endpoint/:version", callEndpoint, { renderError: renderEndpointError }),
];

/** @throws LatchkeyError LK-2006, which a path beside those with ids would not be told otherwise. */
function notServed(): never {
  throw new LatchkeyError(
    "LK-2006",
    "Conversations are not compacted by this gateway. Send `input` without what is not needed any more.",
  );
}

function countMessageTokens(...[call, request, services]: Parameters<Route>): ReturnType<Route> {
  return countTokens(messages, undefined, call, request, services);
}

/** How errors are told on a path that no route has. */
export function errorTellerOf(path: string): ErrorTeller {
  const row = routeTable.find((candidate) => candidate.pattern.test(path));
  return row?.teller ?? openai;
}

/** Methods of the paths that a path could be meant as. */
export function methodsOf(path: string): readonly string[] {
  return routeTable.filter((row) => row.pattern.test(path)).map(({ method }) => method);
}

function get(path: string, route: Route, teller: ErrorTeller): RouteRow {
  return { method: "GET", path, pattern: patternOf(path), route, teller };
}

function post(path: string, route: Route, teller: ErrorTeller): RouteRow {
  return { method: "POST", path, pattern: patternOf(path), route, teller };
}

function remove(path: string, route: Route, teller: ErrorTeller): RouteRow {
  return { method: "DELETE", path, pattern: patternOf(path), route, teller };
}

function patternOf(path: string): RegExp {
  const source = path.replace(/[.+*?^$()[\]{}|\\]/g, "\\$&").replace(/:[a-z]+/g, "[^/]+");
  return new RegExp(`^${source}$`);
}
