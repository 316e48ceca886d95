import { afterEach, describe, expect, test } from "bun:test";
import fc from "fast-check";
import OpenAI from "openai";
import type { ModerationRequest } from "../../../src/canonical/moderation.ts";
import { moderations } from "../../../src/dialects/moderations/index.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import { recordedExchanges } from "../../support/recorded-exchanges.ts";
import { hasRecordings } from "../../support/recordings.ts";
import { serveTask, type TaskGateway, type VendorAnswer } from "../../support/task-gateway.ts";
import { jsonInput, jsonOf, taskSample } from "../../support/task-samples.ts";

const { ingress, passthrough } = moderations;
const traits = { path: "/moderations", upstreamModel: "m" };
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const parse = (input: unknown) => ingress.parseRequest(jsonInput({ model: "judge", input }));
const contextOf = (request: ModerationRequest) => ({ request, model: "judge", requestId: "req_1", nowS: 1 });
const context = contextOf({ model: "judge", inputs: [] });

function render(shape: string, input: unknown) {
  const rendered = moderations.egress[shape]?.renderRequest(parse(input).request, traits);
  if (rendered === undefined) throw new Error("no shape");
  return rendered;
}

function read(shape: string, file: string) {
  const answer = moderations.egress[shape]?.parseResponse(
    taskSample(`moderations/${file}`),
    context.request,
    traits,
  );
  if (answer === undefined || "failure" in answer) throw new Error("no judgement");
  return answer;
}

function refusal(work: () => unknown): { code: string; param: string | undefined } {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof LatchkeyError) return { code: thrown.code, param: thrown.param };
    throw thrown;
  }
  throw new Error("nothing was refused");
}

const image = { type: "image_url", image_url: { url: "https://x.example/a.png" } };

describe("a caller's request to judge", () => {
  test("is a text, texts, or texts and pictures", () => {
    expect(parse("a").request.inputs).toEqual([[{ type: "text", text: "a" }]]);
    expect(parse(["a", "b"]).request.inputs).toEqual([
      [{ type: "text", text: "a" }],
      [{ type: "text", text: "b" }],
    ]);
    expect(parse([{ type: "text", text: "a" }, image]).request.inputs).toEqual([
      [
        { type: "text", text: "a" },
        { type: "image", url: "https://x.example/a.png" },
      ],
    ]);
    expect(
      ingress.parseRequest(jsonInput({ model: "j", input: "a", x: 1 })).losses.map(({ path }) => path),
    ).toEqual(["x"]);
  });

  test.each([
    [undefined, "input"],
    [[], "input"],
    [5, "input"],
    [{}, "input"],
    [["a", 5], "input[1]"],
    [[5], "input[0]"],
    [[null], "input[0]"],
    [[{ type: "text" }], "input[0].text"],
    [[{ type: "text", text: "a" }, "b"], "input[1]"],
    [[{ type: "video" }], "input[0].type"],
    [[{ type: "image_url", image_url: "https://x.example" }], "input[0].image_url.url"],
  ])("is refused with the member at fault: %j", (input, param) => {
    expect(refusal(() => parse(input))).toEqual({ code: "LK-2102", param });
  });

  test("needs a model", () => {
    expect(refusal(() => ingress.parseRequest(jsonInput({ input: "a" })))).toEqual({
      code: "LK-2102",
      param: "model",
    });
    expect(refusal(() => passthrough.readEnvelope(jsonInput({ input: "a" })))).toEqual({
      code: "LK-2102",
      param: "model",
    });
  });

  test("survives being understood and written for OpenAI", () => {
    const text = fc.record({ type: fc.constant("text"), text: fc.string() });
    const inputs = fc.oneof(
      fc.string(),
      fc.array(fc.string(), { minLength: 2 }),
      fc
        .array(fc.oneof(text, fc.constant(image)), { minLength: 1 })
        .filter((list) => list.length > 1 || list[0]?.type !== "text"),
    );
    fc.assert(
      fc.property(inputs, (input) => {
        const rendered = render("openai", input);
        expect(jsonOf(rendered)).toEqual({ model: "m", input });
        expect(rendered.losses).toEqual([]);
      }),
    );
  });

  test("goes to Mistral as texts", () => {
    expect(jsonOf(render("mistral", ["a", "b"]))).toEqual({ model: "m", input: ["a", "b"] });
    expect(
      jsonOf(
        render("mistral", [
          { type: "text", text: "a" },
          { type: "text", text: "b" },
        ]),
      ),
    ).toEqual({ model: "m", input: ["a\n\nb"] });
    expect(render("mistral", [image]).losses).toEqual([
      { path: { field: "inputs" }, isHarmless: false, reason: "may hold no pictures for Mistral" },
    ]);
    expect(ingress.fieldName("inputs")).toBe("input");
  });

  test("with pictures for several results has no words in OpenAI's shape", () => {
    const inputs = [[{ type: "image", url: "u" }], [{ type: "text", text: "a" }]] as const;
    const rendered = moderations.egress["openai"]?.renderRequest({ model: "j", inputs }, traits);
    expect(rendered?.losses.map(({ isHarmless }) => isHarmless)).toEqual([false]);
  });
});

describe("judgements", () => {
  test("of OpenAI survive", () => {
    expect(jsonOf(ingress.renderResponse(read("openai", "openai.json"), context))).toEqual(
      jsonOf(taskSample("moderations/openai.json")),
    );
  });

  test("of Mistral have OpenAI's categories, and its own beside them", () => {
    const answer = read("mistral", "mistral.json");
    expect(answer.results.map(({ isFlagged }) => isFlagged)).toEqual([true, false]);
    const [first] = jsonOf(ingress.renderResponse(answer, context))["results"] as readonly [
      Record<string, Record<string, unknown>>,
    ];
    expect(first["categories"]).toEqual({
      harassment: null,
      "harassment/threatening": null,
      sexual: false,
      hate: false,
      "hate/threatening": null,
      illicit: true,
      "illicit/violent": null,
      "self-harm/intent": null,
      "self-harm/instructions": null,
      "self-harm": false,
      "sexual/minors": null,
      violence: true,
      "violence/graphic": null,
      dangerous: false,
      health: false,
      financial: false,
      law: false,
      pii: false,
      jailbreaking: false,
    });
    expect([first["category_scores"]?.["violence"], first["category_scores"]?.["illicit"]]).toEqual([
      0.91, 0.8,
    ]);
    // What Mistral does not judge is neither true nor false, and applies to nothing.
    expect(first["category_scores"]?.["harassment"]).toBeNull();
    expect(first["category_applied_input_types"]).toMatchObject({
      violence: ["text"],
      harassment: [],
      "sexual/minors": [],
    });
  });

  test("of Mistral about a topic that is no harm flag nothing", () => {
    const [result] = read("mistral", "mistral-topic.json").results;
    expect(result).toMatchObject({
      isFlagged: false,
      verdicts: { health: { isFlagged: true, score: 0.99 }, illicit: { score: 0.2 } },
    });
  });

  test("without an id or a model get the gateway's", () => {
    const answer = { id: "", model: "", results: [{ isFlagged: false, verdicts: {} }] };
    expect(jsonOf(ingress.renderResponse(answer, context))).toMatchObject({
      id: "modr-req_1",
      model: "judge",
    });
  });

  test("never make a reader throw", () => {
    const result = fc.record({
      flagged: fc.jsonValue(),
      categories: fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.boolean())),
      category_scores: fc.jsonValue(),
      category_applied_input_types: fc.jsonValue(),
    });
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ results: fc.array(result) })),
        fc.uint8Array(),
        (value, bytes) => {
          for (const egress of Object.values(moderations.egress)) {
            for (const body of [encode(JSON.stringify(value)), bytes]) {
              const answer = egress.parseResponse(
                { body, contentType: "application/json" },
                context.request,
                traits,
              );
              if (answer !== undefined && !("failure" in answer)) ingress.renderResponse(answer, context);
            }
          }
        },
      ),
    );
  });
});

describe("a request to judge that is passed on", () => {
  test("changes the model and nothing else", () => {
    const text = `{"input":["a"],"model":"judge","future":true}`;
    const envelope = passthrough.readEnvelope({ body: encode(text), contentType: "application/json" });
    expect(envelope).toMatchObject({ model: "judge", stream: false });
    const bytes = passthrough.rewrite(envelope, { modelJson: encode(`"omni"`), askForUsage: false });
    expect(new TextDecoder().decode(bytes)).toBe(text.replace(`"judge"`, `"omni"`));
    const answer = taskSample("moderations/openai.json");
    expect(passthrough.readAnswer(answer, envelope)).toEqual({ ok: true, usage: undefined });
    expect(passthrough.readAnswer({ ...answer, body: encode("{}") }, envelope)).toEqual({ ok: false });
    expect(
      passthrough.readTail(encode(`}],"usage":{"prompt_tokens":3,"completion_tokens":0}}`), envelope),
    ).toMatchObject({ input: 3 });
    const tap = passthrough.createTap(envelope);
    tap.feed(encode(`data: {"type":"x"}\n\n`));
    expect(tap.complete).toBe(false);
    expect(
      ingress.encodeStream(context).fail({ status: 502, code: "LK-3008", message: "x", kind: "server" }),
    ).toContain("LK-3008");
    expect(ingress.eventsOf(read("openai", "openai.json"), context)).toEqual([]);
  });
});

describe("recorded judgements", () => {
  test("survive", () => {
    const exchanges = recordedExchanges("moderations");
    expect(exchanges.length > 0).toBe(hasRecordings);
    for (const { body, contentType, request } of exchanges) {
      const parsed = ingress.parseRequest(jsonInput(request)).request;
      const sent = moderations.egress["openai"]?.renderRequest(parsed, {
        ...traits,
        upstreamModel: parsed.model,
      });
      expect(sent && jsonOf(sent)).toEqual(jsonOf(jsonInput(request)));
      const answer = moderations.egress["openai"]?.parseResponse({ body, contentType }, parsed, traits);
      if (answer === undefined || "failure" in answer) throw new Error("no judgement");
      expect(jsonOf(ingress.renderResponse(answer, contextOf(parsed)))).toEqual(
        jsonOf({ body, contentType }),
      );
    }
  });
});

describe("OpenAI's client", () => {
  let gateway: TaskGateway | undefined;
  afterEach(() => gateway?.stop());
  const clientOf = (target: Parameters<typeof serveTask>[1], answer: VendorAnswer): OpenAI => {
    gateway = serveTask(moderations, target, () => answer);
    return new OpenAI({ apiKey: "lk_test", baseURL: gateway.baseUrl, maxRetries: 0 });
  };

  test("gets judgements of Mistral", async () => {
    const client = clientOf({ egress: "mistral" }, taskSample("moderations/mistral.json"));
    const answer = await client.moderations.create({ model: "judge", input: ["a", "b"] });
    expect(answer.model).toBe("mistral-moderation-2603");
    expect(answer.results.map(({ flagged, categories }) => [flagged, categories.violence])).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  test("is told that pictures cannot be judged", async () => {
    const client = clientOf({ egress: "mistral" }, taskSample("moderations/mistral.json"));
    const error: unknown = await client.moderations
      .create({ model: "judge", input: [{ type: "image_url", image_url: { url: "https://x.example/" } }] })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 400, code: "LK-2110", param: "input" });
  });

  test("is told the vendor's error", async () => {
    const body = `{"object":"error","message":"Invalid model: x","type":"invalid_model","param":null,"code":"1500"}`;
    const client = clientOf({ egress: "mistral" }, { status: 400, contentType: "application/json", body });
    const error: unknown = await client.moderations
      .create({ model: "judge", input: "a" })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 400, message: expect.stringContaining("Invalid model: x") });
  });

  test("passes through", async () => {
    const client = clientOf({}, taskSample("moderations/openai.json"));
    const answer = await client.moderations.create({ model: "judge", input: "a" });
    expect(answer.results[0]?.categories.violence).toBe(true);
    expect(gateway?.calls.map((call) => jsonOf(call))).toEqual([{ model: "upstream-model", input: "a" }]);
  });
});
