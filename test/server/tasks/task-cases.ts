import { isJsonObject, type JsonObject } from "../../../src/kernel/json.ts";
import type { TaskApiName } from "../../../src/runtime/tasks/provider-api.ts";
import { taskSample } from "../../support/task-samples.ts";
import { startTasks, type TaskFixture } from "./support.ts";

/** A route of one of the further APIs, with a caller's request that is right. */
export interface TaskRoute {
  readonly api: TaskApiName;
  readonly path: string;
  readonly body: JsonObject;
  /** Members without which there is no request, beside the model. */
  readonly needed: readonly string[];
  /** Whether it is told as a form, with a file. */
  readonly isForm?: boolean;
  /** Whether an answer, as its caller reads it, is all that was asked for. */
  readonly isWhole: (answer: unknown, asked: JsonObject) => boolean;
}

/** How one kind of vendor answers a route. */
export interface TaskCase extends TaskRoute {
  readonly name: string;
  /** Whether its answers pass as they are; what is looked at then is that they are whole. */
  readonly passes: boolean;
  readonly shape: string;
  readonly sample: string;
  readonly upstreamModel?: string;
}

const listIn = (answer: unknown, name: string): readonly JsonObject[] => {
  const list = isJsonObject(answer) ? answer[name] : undefined;
  return Array.isArray(list) ? list.filter(isJsonObject).map((one) => one as JsonObject) : [];
};
const isVector = (value: unknown): boolean =>
  typeof value === "string"
    ? value !== ""
    : Array.isArray(value) && value.length > 0 && value.every(Number.isFinite);
const isText = (value: unknown): boolean => typeof value === "string";

const embeddings: TaskRoute = {
  api: "embeddings",
  path: "/v1/embeddings",
  body: { model: "fast", input: ["a", "b"] },
  needed: ["input"],
  isWhole: (answer, { input }) => {
    const list = listIn(answer, "data");
    return (
      list.length === (input as readonly string[]).length &&
      list.every(({ embedding }) => isVector(embedding))
    );
  },
};
const rerank: TaskRoute = {
  api: "rerank",
  path: "/v1/rerank",
  body: { model: "fast", query: "q", documents: ["a", "b", "c"] },
  needed: ["query", "documents"],
  isWhole: (answer) => {
    const list = listIn(answer, "results");
    return (
      list.length > 0 &&
      list.every(({ index, relevance_score: score }) => Number.isInteger(index) && Number.isFinite(score))
    );
  },
};
const images: TaskRoute = {
  api: "images",
  path: "/v1/images/generations",
  body: { model: "fast", prompt: "a cat" },
  needed: ["prompt"],
  isWhole: (answer) => {
    const list = listIn(answer, "data");
    return list.length > 0 && list.every(({ b64_json, url }) => isText(b64_json) || isText(url));
  },
};
const speech: TaskRoute = {
  api: "speech",
  path: "/v1/audio/speech",
  body: { model: "fast", input: "Hello", voice: "Kore" },
  needed: ["input", "voice"],
  isWhole: (answer) => answer instanceof Uint8Array && answer.length > 0,
};
const transcription: TaskRoute = {
  api: "transcription",
  path: "/v1/audio/transcriptions",
  body: { model: "fast" },
  needed: ["file"],
  isForm: true,
  isWhole: (answer) => isJsonObject(answer) && isText(answer["text"]),
};
const moderations: TaskRoute = {
  api: "moderations",
  path: "/v1/moderations",
  body: { model: "fast", input: "hello" },
  needed: ["input"],
  isWhole: (answer) => {
    const list = listIn(answer, "results");
    return list.length > 0 && list.every(({ flagged }) => typeof flagged === "boolean");
  },
};

function caseOf(route: TaskRoute, shape: string, file = shape, more: Partial<TaskCase> = {}): TaskCase {
  const sample = `${route.api}/${file}.json`;
  const passes = shape === (route.api === "rerank" ? "cohere" : "openai");
  return { ...route, name: `${route.api} of ${shape} (${file})`, shape, sample, passes, ...more };
}
const one = { body: { ...embeddings.body, input: ["a"] } };

/** Every kind of vendor of every API that has a whole answer among the samples. */
export const taskCases: readonly TaskCase[] = [
  ...["openai", "mistral", "nvidia", "cohere", "gemini", "voyage", "jina", "ollama", "huggingface"].map(
    (shape) => caseOf(embeddings, shape),
  ),
  caseOf(embeddings, "perplexity", "perplexity", one),
  caseOf(embeddings, "vertex", "vertex-predict", { upstreamModel: "text-embedding-005" }),
  caseOf(embeddings, "vertex", "vertex-content", { ...one, upstreamModel: "gemini-embedding-2" }),
  caseOf(embeddings, "bedrock", "bedrock-titan", { ...one, upstreamModel: "amazon.titan-embed-text-v2:0" }),
  caseOf(embeddings, "bedrock", "bedrock-cohere-v4", { upstreamModel: "cohere.embed-v4:0" }),
  ...["cohere", "jina", "voyage"].map((shape) => caseOf(rerank, shape)),
  caseOf(images, "openai"),
  caseOf(images, "gemini", "gemini", { upstreamModel: "gemini-2.5-flash-image" }),
  caseOf(images, "gemini", "imagen", { upstreamModel: "imagen-4.0-generate-001" }),
  caseOf(images, "bedrock", "bedrock-titan", { upstreamModel: "amazon.titan-image-generator-v2:0" }),
  caseOf(images, "bedrock", "bedrock-stability", { upstreamModel: "stability.sd3-5-large-v1:0" }),
  ...["gemini", "mistral"].map((shape) => caseOf(speech, shape)),
  ...["openai", "mistral"].map((shape) => caseOf(transcription, shape)),
  // It has to be told the language.
  caseOf(transcription, "cohere", "cohere", { body: { ...transcription.body, language: "en" } }),
  ...["openai", "mistral"].map((shape) => caseOf(moderations, shape)),
];

/** A gateway whose only target is such a vendor, which answers with its sample. */
export function startCase({ api, shape, sample, upstreamModel }: TaskCase): Promise<TaskFixture> {
  return startTasks([{ [api]: { shape, path: `/${api}/{model}` } }], {
    settings: { maxRequestBytes: 100_000, maxResponseBytes: 1_000_000 },
    ...(upstreamModel !== undefined && { upstreamModels: [upstreamModel] }),
  }).then((gateway) => {
    const { body, contentType } = taskSample(sample);
    gateway.vendors[0].answer = () =>
      new Response(new Uint8Array(body), { headers: { "content-type": contentType } });
    return gateway;
  });
}

/** A request's body as a form, with the file that it is about. */
export function formOf(body: JsonObject, file: string | null = "RIFF"): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(body))
    form.append(name, typeof value === "string" ? value : JSON.stringify(value));
  if (file !== null) form.append("file", new Blob([file], { type: "audio/wav" }), "a.wav");
  return form;
}

/** Sends a request through its route. */
export function send(gateway: TaskFixture, { path, isForm }: TaskRoute, body: JsonObject): Promise<Response> {
  const { key, url } = gateway;
  if (isForm !== true) return gateway.call(path, body);
  return fetch(url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: formOf(body),
  });
}
