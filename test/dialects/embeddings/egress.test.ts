import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { EmbeddingRequest } from "../../../src/canonical/embedding.ts";
import type { ProviderProfile } from "../../../src/catalog/provider-profile.ts";
import { providerProfiles } from "../../../src/catalog/providers/index.ts";
import type { EmbeddingShape } from "../../../src/dialects/embeddings/embedding-dialect.ts";
import { floatsOf } from "../../../src/dialects/embeddings/float32.ts";
import { embeddingEgresses } from "../../../src/dialects/embeddings/index.ts";
import type { Json } from "../../../src/kernel/json.ts";
import { ask, askFor, linked, mixed, noHeader, picture, text, wireAnswer } from "./support.ts";

const render = (shape: EmbeddingShape, upstreamModel: string, changes: Partial<EmbeddingRequest> = {}) =>
  embeddingEgresses[shape].renderRequest(ask(changes), { upstreamModel });
const tokens = { type: "tokens", tokens: [1, 2] } as const;
const image = "data:image/png;base64,AAAA";

test.each([
  ["openai", "text-embedding-3-small", "/embeddings", "/embeddings"],
  ["cohere", "embed-v4.0", "/embed", "/embed"],
  [
    "gemini",
    "models/gemini-embedding-001",
    "/models/{model}:batchEmbedContents",
    "/models/gemini-embedding-001:batchEmbedContents",
  ],
  ["vertex", "text-embedding-005", "/models/{model}", "/models/text-embedding-005:predict"],
  ["vertex", "gemini-embedding-001", "/models/{model}", "/models/gemini-embedding-001:predict"],
  ["vertex", "gemini-embedding-2", "/models/{model}", "/models/gemini-embedding-2:embedContent"],
  [
    "bedrock",
    "amazon.titan-embed-text-v2:0",
    "/model/{model}/invoke",
    "/model/amazon.titan-embed-text-v2%3A0/invoke",
  ],
  ["voyage", "voyage-3.5", "/embeddings", "/embeddings"],
  ["voyage", "voyage-multimodal-3", "/embeddings", "/multimodalembeddings"],
  [
    "huggingface",
    "intfloat/multilingual-e5-large",
    "https://h.example/models/{model}/pipeline",
    "https://h.example/models/intfloat/multilingual-e5-large/pipeline",
  ],
  ["huggingface", "a b/$&", "/models/{model}", "/models/a%20b/%24%26"],
] as const)(
  "a request in the shape of %s for %s goes from %s to %s",
  (shape, upstreamModel, template, path) => {
    expect(embeddingEgresses[shape].path(template, { upstreamModel })).toBe(path);
  },
);

test("every provider's embeddings have a shape that is spoken", () => {
  for (const { apis } of Object.values(providerProfiles) as readonly ProviderProfile[])
    if (apis?.embeddings !== undefined)
      expect(Object.keys(embeddingEgresses)).toContain(apis.embeddings.shape);
});

const everything: Partial<EmbeddingRequest> = {
  dimensions: 256,
  encoding: "base64",
  purpose: "query",
  truncate: "end",
};

test.each([
  ["openai", "m", { model: "m", input: ["a", "b"], dimensions: 256, encoding_format: "base64" }],
  ["mistral", "m", { model: "m", input: ["a", "b"], output_dimension: 256, encoding_format: "base64" }],
  ["perplexity", "m", { model: "m", input: ["a", "b"], dimensions: 256, encoding_format: "base64_int8" }],
  [
    "nvidia",
    "m",
    {
      model: "m",
      input: ["a", "b"],
      input_type: "query",
      truncate: "END",
      dimensions: 256,
      encoding_format: "base64",
    },
  ],
  [
    "cohere",
    "m",
    {
      model: "m",
      texts: ["a", "b"],
      input_type: "search_query",
      embedding_types: ["float"],
      output_dimension: 256,
      truncate: "END",
    },
  ],
  [
    "gemini",
    "gemini-embedding-001",
    {
      requests: ["a", "b"].map((words) => ({
        model: "models/gemini-embedding-001",
        content: { parts: [{ text: words }] },
        taskType: "RETRIEVAL_QUERY",
        outputDimensionality: 256,
      })),
    },
  ],
  [
    "vertex",
    "text-embedding-005",
    {
      instances: ["a", "b"].map((content) => ({ content, task_type: "RETRIEVAL_QUERY" })),
      parameters: { outputDimensionality: 256, autoTruncate: true },
    },
  ],
  [
    "bedrock",
    "cohere.embed-v4:0",
    {
      texts: ["a", "b"],
      input_type: "search_query",
      embedding_types: ["float"],
      output_dimension: 256,
      truncate: "RIGHT",
    },
  ],
  [
    "voyage",
    "m",
    {
      model: "m",
      input: ["a", "b"],
      input_type: "query",
      truncation: true,
      output_dimension: 256,
      encoding_format: "base64",
    },
  ],
  [
    "jina",
    "jina-embeddings-v3",
    {
      model: "jina-embeddings-v3",
      input: ["a", "b"],
      task: "retrieval.query",
      dimensions: 256,
      truncate: true,
      embedding_type: "base64",
    },
  ],
  ["ollama", "m", { model: "m", input: ["a", "b"], truncate: true, dimensions: 256 }],
  ["huggingface", "m", { inputs: ["a", "b"], truncate: true, truncation_direction: "Right" }],
] as const)("in the words of %s the wishes are told", (shape, model, body) => {
  const rendered = render(shape, model, everything);
  expect(rendered.body).toEqual(body as never);
  const refused = rendered.losses.filter(({ isHarmless }) => !isHarmless);
  expect(refused.map(({ path }) => path)).toEqual(shape === "huggingface" ? [{ field: "dimensions" }] : []);
});

test.each(Object.keys(embeddingEgresses) as EmbeddingShape[])(
  "%s is asked for nothing more than it is told",
  (shape) => {
    const model = shape === "bedrock" ? "cohere.embed-english-v3" : "m";
    const { body, losses } = render(shape, model);
    expect(losses).toEqual([]);
    expect(JSON.stringify(body)).not.toMatch(/dimension|truncat|user|title|null/i);
  },
);

describe("what vectors are for", () => {
  test.each([
    ["cohere", "m", undefined, "input_type", "search_document"],
    ["cohere", "m", "classification", "input_type", "classification"],
    ["cohere", "m", "similarity", "input_type", "clustering"],
    ["nvidia", "m", undefined, "input_type", "passage"],
    ["nvidia", "m", "question", "input_type", "query"],
    ["voyage", "m", "document", "input_type", "document"],
    ["voyage", "m", "clustering", "input_type", undefined],
    ["jina", "jina-embeddings-v3", "clustering", "task", "separation"],
    ["jina", "jina-embeddings-v5-text-small", "clustering", "task", "clustering"],
    ["jina", "jina-embeddings-v4", "code-query", "task", "code.query"],
    ["jina", "jina-code-embeddings-1.5b", "query", "task", "nl2code.query"],
    ["jina", "jina-code-embeddings-1.5b", "document", "task", "nl2code.passage"],
    ["jina", "jina-embeddings-v3", undefined, "task", undefined],
  ] as const)("is told to %s (%s) as it knows it: %p", (shape, model, purpose, member, expected) => {
    const { body, losses } = render(shape, model, purpose === undefined ? {} : { purpose });
    expect(body[member]).toBe(expected as never);
    expect(losses).toEqual([]);
  });

  test("is told to the second Gemini generation by the caller's own words only", () => {
    const { body, losses } = render("gemini", "gemini-embedding-2", { purpose: "fact" });
    expect(JSON.stringify(body)).not.toContain("taskType");
    expect(losses).toEqual([
      {
        path: { field: "purpose" },
        isHarmless: true,
        isChanged: true,
        reason: "is told to this model in the text itself",
      },
    ]);
  });
});

describe("pictures", () => {
  const url = { url: image };
  test.each([
    ["cohere", "m", [picture], { images: [image], input_type: "image" }],
    [
      "cohere",
      "m",
      [mixed, text("b")],
      {
        inputs: [
          {
            content: [
              { type: "text", text: "A stone" },
              { type: "image_url", image_url: url },
            ],
          },
          { content: [{ type: "text", text: "b" }] },
        ],
        input_type: "search_document",
      },
    ],
    [
      "bedrock",
      "cohere.embed-v4:0",
      [mixed],
      {
        inputs: [
          {
            content: [
              { type: "text", text: "A stone" },
              { type: "image_url", image_url: image },
            ],
          },
        ],
      },
    ],
    ["bedrock", "amazon.titan-embed-image-v1", [mixed], { inputText: "A stone", inputImage: "AAAA" }],
    ["bedrock", "amazon.titan-embed-image-v1", [picture], { inputImage: "AAAA" }],
    ["bedrock", "amazon.titan-embed-image-v1", [text("a")], { inputText: "a" }],
    [
      "bedrock",
      "amazon.nova-2-multimodal-embeddings-v1:0",
      [picture],
      {
        taskType: "SINGLE_EMBEDDING",
        singleEmbeddingParams: {
          embeddingPurpose: "GENERIC_INDEX",
          image: { detailLevel: "STANDARD_IMAGE", format: "png", source: { bytes: "AAAA" } },
        },
      },
    ],
    [
      "gemini",
      "gemini-embedding-2",
      [mixed],
      {
        requests: [
          {
            model: "models/gemini-embedding-2",
            content: {
              parts: [{ text: "A stone" }, { inlineData: { mimeType: "image/png", data: "AAAA" } }],
            },
          },
        ],
      },
    ],
    [
      "vertex",
      "gemini-embedding-2",
      [picture],
      { content: { parts: [{ inlineData: { mimeType: "image/png", data: "AAAA" } }] } },
    ],
    [
      "voyage",
      "voyage-multimodal-3",
      [mixed, linked, text("b")],
      {
        inputs: [
          {
            content: [
              { type: "text", text: "A stone" },
              { type: "image_base64", image_base64: image },
            ],
          },
          { content: [{ type: "image_url", image_url: "https://x.example/a.png" }] },
          { content: [{ type: "text", text: "b" }] },
        ],
      },
    ],
    [
      "jina",
      "jina-clip-v2",
      [text("a"), picture, linked],
      { input: [{ text: "a" }, { image: "AAAA" }, { image: "https://x.example/a.png" }] },
    ],
  ] as const)("are told to %s (%s)", (shape, model, inputs, body) => {
    const rendered = render(shape, model, { inputs });
    expect(rendered.losses).toEqual([]);
    expect(rendered.body).toMatchObject(body);
  });
});

test("text and a form of its own are told to each model of Bedrock", () => {
  const one = { inputs: [text("a")], dimensions: 256 };
  expect(render("bedrock", "amazon.titan-embed-text-v2:0", one).body).toEqual({
    inputText: "a",
    dimensions: 256,
  });
  expect(render("bedrock", "amazon.titan-embed-image-v1", one).body).toEqual({
    inputText: "a",
    embeddingConfig: { outputEmbeddingLength: 256 },
  });
  expect(
    render("bedrock", "amazon.nova-2-multimodal-embeddings-v1:0", { ...one, truncate: "start" }).body,
  ).toEqual({
    taskType: "SINGLE_EMBEDDING",
    singleEmbeddingParams: {
      embeddingPurpose: "GENERIC_INDEX",
      embeddingDimension: 256,
      text: { truncationMode: "START", value: "a" },
    },
  });
});

test("titles and one input at a time are told to Vertex AI", () => {
  const titled = { type: "text", text: "a", title: "T" } as const;
  const wish = { inputs: [titled], purpose: "document", truncate: "none", dimensions: 9 } as const;
  expect(render("vertex", "gemini-embedding-001", wish).body).toEqual({
    instances: [{ content: "a", task_type: "RETRIEVAL_DOCUMENT", title: "T" }],
    parameters: { outputDimensionality: 9, autoTruncate: false },
  });
  expect(render("vertex", "text-multilingual-maas", wish).body).toEqual({
    content: { parts: [{ text: "a" }] },
    embedContentConfig: {
      taskType: "RETRIEVAL_DOCUMENT",
      title: "T",
      outputDimensionality: 9,
      autoTruncate: false,
    },
  });
  const { body } = render("gemini", "gemini-embedding-001", { inputs: [titled] });
  expect(body).toMatchObject({ requests: [{ title: "T" }] });
});

const many = (length: number): Partial<EmbeddingRequest> => ({
  inputs: Array.from({ length }, () => text("a")),
});
test.each([
  ["openai", "m", 2_048],
  ["perplexity", "m", 512],
  ["cohere", "m", 96],
  ["gemini", "m", 100],
  ["vertex", "text-embedding-005", 250],
  ["vertex", "gemini-embedding-001", 1],
  ["vertex", "gemini-embedding-2", 1],
  ["bedrock", "amazon.titan-embed-text-v2:0", 1],
  ["bedrock", "amazon.nova-2-multimodal-embeddings-v1:0", 1],
  ["bedrock", "cohere.embed-english-v3", 96],
  ["voyage", "m", 1_000],
] as const)(
  "%s (%s) takes %d inputs at once, and more are refused with that number",
  (shape, model, most) => {
    expect(render(shape, model, many(most)).losses).toEqual([]);
    expect(render(shape, model, many(most + 1)).losses).toEqual([
      {
        path: { field: "inputs" },
        isHarmless: false,
        reason: expect.stringMatching(
          new RegExp(`holds ${most + 1}, .* takes ${most} in one request at most`),
        ),
      },
    ]);
  },
);

test.each([
  ["mistral", "m", { inputs: [text("a"), tokens] }, "inputs", 1, false],
  ["cohere", "m", { inputs: [tokens] }, "inputs", 0, false],
  ["cohere", "m", { inputs: [linked] }, "inputs", 0, false],
  ["openai", "m", { inputs: [text("a"), picture] }, "inputs", 1, false],
  ["perplexity", "m", { inputs: [picture] }, "inputs", 0, false],
  ["nvidia", "m", { inputs: [tokens] }, "inputs", 0, false],
  ["gemini", "m", { inputs: [tokens] }, "inputs", 0, false],
  ["gemini", "m", { inputs: [linked] }, "inputs", 0, false],
  ["vertex", "text-embedding-005", { inputs: [picture] }, "inputs", 0, false],
  ["vertex", "gemini-embedding-2", { inputs: [tokens] }, "inputs", 0, false],
  ["bedrock", "amazon.titan-embed-text-v2:0", { inputs: [picture] }, "inputs", 0, false],
  ["bedrock", "amazon.titan-embed-image-v1", { inputs: [linked] }, "inputs", 0, false],
  ["bedrock", "amazon.titan-embed-image-v1", { inputs: [tokens] }, "inputs", 0, false],
  ["bedrock", "amazon.nova-2-multimodal-embeddings-v1:0", { inputs: [mixed] }, "inputs", 0, false],
  ["bedrock", "amazon.nova-2-multimodal-embeddings-v1:0", { inputs: [tokens] }, "inputs", 0, false],
  ["bedrock", "twelvelabs.marengo", {}, "inputs", undefined, false],
  ["voyage", "m", { inputs: [picture] }, "inputs", 0, false],
  ["voyage", "voyage-multimodal-3", { inputs: [tokens] }, "inputs", 0, false],
  ["jina", "jina-clip-v2", { inputs: [mixed] }, "inputs", 0, false],
  ["jina", "jina-clip-v2", { inputs: [tokens] }, "inputs", 0, false],
  ["ollama", "m", { inputs: [tokens] }, "inputs", 0, false],
  ["huggingface", "m", { inputs: [picture] }, "inputs", 0, false],
  ["huggingface", "m", { dimensions: 9 }, "dimensions", undefined, false],
  ["bedrock", "amazon.titan-embed-text-v1", { ...many(1), dimensions: 9 }, "dimensions", undefined, false],
  ["bedrock", "cohere.embed-english-v3", { dimensions: 9 }, "dimensions", undefined, false],
  ["gemini", "m", { truncate: "none" }, "truncate", undefined, false],
  ["voyage", "m", { truncate: "start" }, "truncate", undefined, false],
  ["jina", "m", { truncate: "start" }, "truncate", undefined, false],
  ["ollama", "m", { truncate: "start" }, "truncate", undefined, false],
  ["vertex", "text-embedding-005", { truncate: "start" }, "truncate", undefined, false],
  ["openai", "m", { truncate: "end" }, "truncate", undefined, true],
  ["openai", "m", { purpose: "query" }, "purpose", undefined, true],
  ["ollama", "m", { purpose: "query" }, "purpose", undefined, true],
  ["cohere", "m", { endUser: "u" }, "endUser", undefined, true],
  ["cohere", "m", { inputs: [{ type: "text", text: "a", title: "T" }] }, "title", 0, true],
  ["openai", "m", { inputs: [{ type: "text", text: "a", title: "T" }] }, "title", 0, true],
] as const)("%s (%s) cannot be told %j", (shape, model, changes, field, index, isHarmless) => {
  expect(render(shape, model, changes as Partial<EmbeddingRequest>).losses).toEqual([
    {
      path: { field, ...(index !== undefined && { index }) },
      isHarmless,
      reason: expect.stringMatching(/./),
    },
  ]);
});

test.each([
  ["openai", "m"],
  ["mistral", "m"],
  ["bedrock", "cohere.embed-v4:0"],
] as const)("%s cuts nothing off where it must not", (shape, model) => {
  expect(render(shape, model, { truncate: "none" }).losses).toEqual([]);
});

const two = [
  [0.25, -0.5],
  [1.5, 2],
];
test.each([
  ["openai", "openai.json", two, 7],
  ["openai", "openai-base64.json", two, 7],
  ["mistral", "mistral.json", two, 7],
  ["perplexity", "perplexity.json", [[-128, 0, 127]], 7],
  ["nvidia", "nvidia.json", two, 7],
  ["cohere", "cohere.json", two, 7],
  ["gemini", "gemini.json", two, 7],
  ["gemini", "gemini-single.json", two.slice(0, 1), undefined],
  ["vertex", "vertex-predict.json", two, 7],
  ["vertex", "vertex-content.json", two.slice(0, 1), 7],
  ["bedrock", "bedrock-titan.json", two.slice(0, 1), 7],
  ["bedrock", "bedrock-cohere-v3.json", two, 11],
  ["bedrock", "bedrock-cohere-v4.json", two, 11],
  ["bedrock", "bedrock-nova.json", two.slice(0, 1), 11],
  ["voyage", "voyage.json", two, 7],
  ["voyage", "voyage-multimodal.json", two.slice(0, 1), 3_576],
  ["jina", "jina.json", two, 7],
  ["ollama", "ollama.json", two, 7],
  ["huggingface", "huggingface.json", two, undefined],
] as const)("an answer of %s (%s) is read", (shape, name, vectors, input) => {
  const header = (key: string) => (key === "x-amzn-bedrock-input-token-count" ? "11" : null);
  const response = embeddingEgresses[shape].parseResponse(wireAnswer(name), askFor(vectors.length), header);
  expect(response?.vectors.map(floatsOf)).toEqual(vectors as never);
  expect(response?.usage?.input).toBe(input as never);
  expect(response?.usage?.output ?? 0).toBe(0);
});

test("pictures are counted apart where the vendor does", () => {
  for (const [shape, name] of [
    ["gemini", "gemini.json"],
    ["cohere", "cohere.json"],
  ] as const)
    expect(embeddingEgresses[shape].parseResponse(wireAnswer(name), ask(), noHeader)?.usage).toMatchObject({
      input: 7,
      imageInput: 3,
    });
});

test("vectors stand in the order of the inputs, whatever the answer's", () => {
  const data = [
    { index: 1, embedding: [2] },
    { index: 0, embedding: [1] },
  ];
  const read = (value: Json) => embeddingEgresses.openai.parseResponse(value, ask(), noHeader);
  expect(read({ data })?.vectors.map(floatsOf)).toEqual([[1], [2]]);
  expect(read({ data: [{ embedding: [1] }, { embedding: [2] }] })?.vectors.map(floatsOf)).toEqual([[1], [2]]);
  for (const odd of [
    { data: [{ index: 1, embedding: [2] }] },
    { data: [data[0], data[0]] },
    { data: [{ index: "0", embedding: [1] }] },
    { data: [{ index: -1, embedding: [1] }] },
    { data: [null] },
    { data: [{ index: 0, embedding: [] }] },
  ])
    expect(read(odd as Json)).toBeUndefined();
});

test.each([1, 3])("an answer of two vectors to %d inputs is none", (inputs) => {
  for (const [shape, name] of [
    ["openai", "openai.json"],
    ["cohere", "cohere.json"],
    ["gemini", "gemini.json"],
    ["vertex", "vertex-predict.json"],
    ["bedrock", "bedrock-cohere-v4.json"],
    ["ollama", "ollama.json"],
    ["huggingface", "huggingface.json"],
  ] as const)
    expect(
      embeddingEgresses[shape].parseResponse(wireAnswer(name), askFor(inputs), noHeader),
    ).toBeUndefined();
});

test("a single vector of Hugging Face is one; vectors of tokens are none", () => {
  const read = (value: Json) => embeddingEgresses.huggingface.parseResponse(value, askFor(1), noHeader);
  expect(read([1, 2])?.vectors.map(floatsOf)).toEqual([[1, 2]]);
  expect(read([[1, 2]])?.vectors.map(floatsOf)).toEqual([[1, 2]]);
  expect(read([[[1, 2]]])).toBeUndefined();
  expect(read({ error: "loading" })).toBeUndefined();
});

test("an answer of any shape is read or refused, never thrown at", () => {
  const shapes = fc.constantFrom(...(Object.keys(embeddingEgresses) as EmbeddingShape[]));
  const names = fc.constantFrom(
    "data",
    "embeddings",
    "embedding",
    "predictions",
    "usage",
    "meta",
    "model",
    "id",
  );
  const body = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(names, fc.oneof(fc.jsonValue(), fc.array(fc.dictionary(names, fc.jsonValue())))),
  );
  fc.assert(
    fc.property(shapes, body, (shape, value) => {
      const response = embeddingEgresses[shape].parseResponse(value as Json, ask(), noHeader);
      expect(response === undefined || Array.isArray(response.vectors)).toBe(true);
    }),
  );
});
