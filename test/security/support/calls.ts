/** What a call names: one of each is put in. */
export interface Named {
  readonly model: string;
  readonly endpoint: string;
  /** Of a kept answer. */
  readonly answer: string;
}

/** A request to a route. */
export interface RouteCall {
  readonly method: string;
  readonly path: string;
  readonly body?: string | FormData;
}

const words = [{ role: "user", content: "Hello" }];
const contents = [{ parts: [{ text: "Hello" }] }];
const content = { parts: [{ text: "Hello" }] };

/** Bodies of Google's methods, by name. */
const google: Readonly<Record<string, unknown>> = {
  generateContent: { contents },
  streamGenerateContent: { contents },
  countTokens: { contents },
  embedContent: { content },
  batchEmbedContents: { requests: [{ content }] },
};

const json = (method: string, path: string, body?: unknown): RouteCall => ({
  ...{ method, path },
  ...(body !== undefined && { body: JSON.stringify(body) }),
});

function form(path: string, model: string, kind: "image" | "file", more: Readonly<Record<string, string>>) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...more, model })) body.set(name, value);
  body.set(kind, new Blob([new Uint8Array(64)]), kind === "image" ? "a.png" : "a.wav");
  return { method: "POST", path, body };
}

/** It answers that it is not served, and never reads a body. */
export const unreadRoute = "POST /v1/responses/compact";

/** Good requests to every route that callers have, by method and path as the table of routes has them. */
export const routeCalls: Readonly<Record<string, (named: Named) => readonly RouteCall[]>> = {
  "POST /v1/chat/completions": ({ model }) => [
    json("POST", "/v1/chat/completions", { model, messages: words }),
    json("POST", "/v1/chat/completions", { model, messages: words, stream: true }),
  ],
  "POST /v1/responses": ({ model, answer }) => [
    json("POST", "/v1/responses", { model, input: "Hello" }),
    json("POST", "/v1/responses", { model, input: "Hello", background: true }),
    json("POST", "/v1/responses", { model: "common", input: "Hello", previous_response_id: answer }),
  ],
  "GET /v1/responses/:id": ({ answer }) => [
    json("GET", `/v1/responses/${answer}`),
    json("GET", `/v1/responses/${answer}?stream=true`),
  ],
  "DELETE /v1/responses/:id": ({ answer }) => [json("DELETE", `/v1/responses/${answer}`)],
  "POST /v1/responses/:id/cancel": ({ answer }) => [json("POST", `/v1/responses/${answer}/cancel`)],
  "GET /v1/responses/:id/input_items": ({ answer }) => [json("GET", `/v1/responses/${answer}/input_items`)],
  "POST /v1/responses/input_tokens": ({ model }) => [
    json("POST", "/v1/responses/input_tokens", { model, input: "Hello" }),
  ],
  "POST /v1/responses/compact": ({ model }) => [
    json("POST", "/v1/responses/compact", { model, input: "Hello" }),
  ],
  "POST /v1/messages": ({ model }) => [
    json("POST", "/v1/messages", { model, max_tokens: 9, messages: words }),
  ],
  "POST /v1/messages/count_tokens": ({ model }) => [
    json("POST", "/v1/messages/count_tokens", { model, messages: words }),
  ],
  "POST /v1/embeddings": ({ model }) => [json("POST", "/v1/embeddings", { model, input: "Hello" })],
  "POST /v1/images/generations": ({ model }) => [
    json("POST", "/v1/images/generations", { model, prompt: "A cat" }),
  ],
  "POST /v1/images/edits": ({ model }) => [form("/v1/images/edits", model, "image", { prompt: "A cat" })],
  "POST /v1/audio/speech": ({ model }) => [
    json("POST", "/v1/audio/speech", { model, input: "Hello", voice: "a" }),
  ],
  "POST /v1/audio/transcriptions": ({ model }) => [form("/v1/audio/transcriptions", model, "file", {})],
  "POST /v1/audio/translations": ({ model }) => [form("/v1/audio/translations", model, "file", {})],
  "POST /v1/moderations": ({ model }) => [json("POST", "/v1/moderations", { model, input: "Hello" })],
  "POST /v1/rerank": ({ model }) => [json("POST", "/v1/rerank", { model, query: "a", documents: ["b"] })],
  "POST /v2/rerank": ({ model }) => [json("POST", "/v2/rerank", { model, query: "a", documents: ["b"] })],
  "GET /v1/models": () => [json("GET", "/v1/models")],
  "GET /v1beta/models": () => [json("GET", "/v1beta/models")],
  "POST /api/:endpoint/:version": ({ endpoint }) =>
    ["v1", "current", "v2"].map((version) => json("POST", `/api/${endpoint}/${version}`, { text: "Hello" })),
  ...Object.fromEntries(
    ["/v1", "/v1beta"].flatMap((version) =>
      ["", "/:second", "/:second/:third"].flatMap((rest) => {
        const more = rest.replaceAll(":", "");
        const methods = Object.entries(google);
        return [
          [
            `GET ${version}/models/:first${rest}`,
            ({ model }: Named) => [json("GET", `${version}/models/${model}${more}`)],
          ],
          [
            `POST ${version}/models/:first${rest}`,
            ({ model }: Named) =>
              methods.map(([method, body]) =>
                json("POST", `${version}/models/${model}${more}:${method}`, body),
              ),
          ],
        ] as const;
      }),
    ),
  ),
};
