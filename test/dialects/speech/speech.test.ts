import { afterEach, describe, expect, test } from "bun:test";
import fc from "fast-check";
import OpenAI from "openai";
import type { SpeechRequest, SpeechStreamEvent } from "../../../src/canonical/speech.ts";
import { countCharacters } from "../../../src/dialects/speech/characters.ts";
import { speech } from "../../../src/dialects/speech/index.ts";
import { wrapWav } from "../../../src/dialects/speech/wav.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import { recordedExchanges } from "../../support/recorded-exchanges.ts";
import { hasRecordings } from "../../support/recordings.ts";
import { serveTask, type TaskGateway, type VendorAnswer } from "../../support/task-gateway.ts";
import { jsonInput, jsonOf, taskSample } from "../../support/task-samples.ts";

const { ingress, passthrough } = speech;
const ask = (changes: Partial<SpeechRequest> = {}): SpeechRequest => ({
  model: "voice",
  input: "Hello",
  voice: "alloy",
  asEvents: false,
  ...changes,
});
const minimal = { model: "voice", input: "Hello", voice: "alloy" };
const context = { request: ask(), model: "voice", requestId: "req_1", nowS: 1 };
const traits = { path: "/audio/speech", upstreamModel: "m" };
const sample = (file: string): VendorAnswer & { body: Uint8Array } => taskSample(`speech/${file}`);
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function render(shape: string, request: SpeechRequest, quirks = {}, path = "/audio/speech") {
  const rendered = speech.egress[shape]?.renderRequest(request, { path, upstreamModel: "m", quirks });
  if (rendered === undefined) throw new Error("no shape");
  return rendered;
}

const named = (losses: ReturnType<typeof render>["losses"]) =>
  losses.map(({ path, isHarmless }) => [
    typeof path === "string" ? path : ingress.fieldName(path.field),
    isHarmless,
  ]);

function decode(shape: string, pieces: readonly Uint8Array[]): readonly SpeechStreamEvent[] {
  const events: SpeechStreamEvent[] = [];
  const decoder = speech.egress[shape]?.decodeStream?.(ask({ asEvents: true }), traits, (event) =>
    events.push(event),
  );
  for (const piece of pieces) decoder?.push(piece);
  decoder?.close();
  return events;
}

const soundOf = (events: readonly SpeechStreamEvent[]): string =>
  Buffer.concat(events.map((event) => (event.type === "audio" ? event.audio : Uint8Array.of()))).toString(
    "base64",
  );

function refusal(work: () => unknown): { code: string; param: string | undefined } {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof LatchkeyError) return { code: thrown.code, param: thrown.param };
    throw thrown;
  }
  throw new Error("nothing was refused");
}

describe("a caller's request to speak", () => {
  test("is understood with all of its members", () => {
    const body = {
      ...minimal,
      instructions: "Softly",
      response_format: "wav",
      speed: 1.5,
      stream_format: "sse",
      extra: 1,
    };
    expect(ingress.parseRequest(jsonInput(body))).toEqual({
      request: {
        ...ask({ instructions: "Softly", format: "wav", speed: 1.5, asEvents: true, extras: { extra: 1 } }),
      },
      losses: [],
    });
    expect(ingress.parseRequest(jsonInput({ ...minimal, voice: { id: "voice_1" } })).request).toEqual(
      ask({ voice: "voice_1", isCustomVoice: true }),
    );
  });

  test.each([
    [{ input: "x", voice: "a" }, "model"],
    [{ model: "m", voice: "a" }, "input"],
    [{ ...minimal, input: ["x"] }, "input"],
    [{ ...minimal, voice: undefined }, "voice"],
    [{ ...minimal, voice: {} }, "voice"],
    [{ ...minimal, voice: 7 }, "voice"],
    [{ ...minimal, response_format: "ogg" }, "response_format"],
    [{ ...minimal, speed: 5 }, "speed"],
    [{ ...minimal, speed: "fast" }, "speed"],
    [{ ...minimal, stream_format: "x" }, "stream_format"],
    [{ ...minimal, instructions: {} }, "instructions"],
  ])("is refused with the member at fault: %j", (body, param) => {
    expect(refusal(() => ingress.parseRequest(jsonInput(body)))).toEqual({ code: "LK-2102", param });
  });

  test("survives being understood and written for OpenAI", () => {
    const members = fc.record(
      {
        instructions: fc.string(),
        response_format: fc.constantFrom("mp3", "opus", "aac", "flac", "wav", "pcm"),
        speed: fc.double({ min: 0.25, max: 4, noNaN: true }),
        stream_format: fc.constant("sse"),
      },
      { requiredKeys: [] },
    );
    const voices = fc.oneof(fc.string({ minLength: 1 }), fc.record({ id: fc.string({ minLength: 1 }) }));
    fc.assert(
      fc.property(members, fc.string({ minLength: 1 }), voices, (rest, input, voice) => {
        const body = { model: "m", input, voice, ...rest };
        const rendered = render("openai", ingress.parseRequest(jsonInput(body)).request);
        expect(jsonOf(rendered)).toEqual(JSON.parse(JSON.stringify(body)));
        expect(rendered.losses).toEqual([]);
      }),
    );
  });
});

describe("a request to speak, in a vendor's words", () => {
  test("of OpenAI's shape with quirks tells formats by the vendor's names", () => {
    const quirks = {
      formats: "mp3 wav pcm",
      pcm: "raw",
      pcmEncoding: "pcm_s16le",
      pcmRate: 24_000,
      lacks: "instructions",
      events: false,
    };
    const raw = render("openai", ask({ format: "pcm", asEvents: true }), quirks);
    expect(raw.streams).toBe(false);
    expect(jsonOf(raw)).toEqual({
      model: "m",
      input: "Hello",
      voice: "alloy",
      response_format: "raw",
      response_encoding: "pcm_s16le",
      sample_rate: 24_000,
    });
    expect(named(render("openai", ask({ format: "opus", instructions: "Softly" }), quirks).losses)).toEqual([
      ["instructions", false],
      ["response_format", false],
    ]);
    const wav = render("openai", ask(), { formats: "wav", defaultFormat: "wav" });
    expect([jsonOf(wav)["response_format"], named(wav.losses)]).toEqual(["wav", [["response_format", true]]]);
  });

  test("of Mistral has a voice's id and always a format", () => {
    expect(jsonOf(render("mistral", ask()))).toEqual({
      model: "m",
      input: "Hello",
      voice_id: "alloy",
      response_format: "mp3",
      stream: false,
    });
    const lost = render("mistral", ask({ instructions: "x", speed: 2, format: "aac", extras: { top: 1 } }));
    expect(named(lost.losses)).toEqual([
      ["top", false],
      ["instructions", false],
      ["speed", false],
      ["response_format", false],
    ]);
    expect(render("mistral", ask({ asEvents: true, speed: 1, format: "flac" }))).toMatchObject({
      streams: true,
      losses: [],
    });
  });

  test("of Gemini is a conversation of one turn that is answered with sound", () => {
    const rendered = render(
      "gemini",
      ask({ instructions: "Say softly", format: "wav", voice: "Kore" }),
      {},
      "/models/{model}",
    );
    expect(rendered).toMatchObject({ path: "/models/m:generateContent", losses: [] });
    expect(jsonOf(rendered)).toEqual({
      contents: [{ role: "user", parts: [{ text: "Say softly: Hello" }] }],
      generationConfig: {
        responseModalities: ["AUDIO"],
        speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: "Kore" } } },
      },
    });
    expect(named(render("gemini", ask()).losses)).toEqual([["response_format", true]]);
    expect(named(render("gemini", ask({ format: "mp3", speed: 2, isCustomVoice: true })).losses)).toEqual([
      ["speed", false],
      ["response_format", false],
      ["voice", false],
    ]);
  });
});

describe("sound of a vendor", () => {
  test("of Gemini becomes a WAV file, or stays raw where that is asked for", () => {
    const egress = speech.egress["gemini"];
    const wav = egress?.parseResponse(taskSample("speech/gemini.json"), ask({ format: "wav" }), traits);
    const pcm = Uint8Array.of(1, 0, 2, 0, 3, 0);
    expect(wav).toEqual({
      audio: wrapWav(pcm, 24_000),
      mediaType: "audio/wav",
      usage: {
        input: 8,
        output: 40,
        cacheRead: 0,
        cacheWrite: 0,
        reasoning: 0,
        audioOutput: 40,
        characters: 5,
      },
    });
    const raw = egress?.parseResponse(taskSample("speech/gemini.json"), ask({ format: "pcm" }), traits);
    expect(raw).toMatchObject({ mediaType: "audio/pcm" });
    expect(raw !== undefined && "audio" in raw && Buffer.from(raw.audio).equals(Buffer.from(pcm))).toBe(true);
    expect(egress?.parseResponse(taskSample("speech/gemini-other.json"), ask(), traits)).toMatchObject({
      failure: { kind: "invalid-request", code: "OTHER" },
    });
  });

  test("of Gemini at another rate is never given as raw sound of the usual one", () => {
    const text = new TextDecoder().decode(sample("gemini.json").body).replace("rate=24000", "rate=16000");
    const answer = { body: encode(text), contentType: "application/json" };
    const egress = speech.egress["gemini"];
    expect(egress?.parseResponse(answer, ask({ format: "pcm" }), traits)).toBeUndefined();
    const wav = egress?.parseResponse(answer, ask(), traits);
    expect(
      wav !== undefined &&
        "audio" in wav &&
        new DataView(Uint8Array.from(wav.audio).buffer).getUint32(24, true),
    ).toBe(16_000);
  });

  test("of Mistral is taken out of its JSON", () => {
    const answer = speech.egress["mistral"]?.parseResponse(taskSample("speech/mistral.json"), ask(), traits);
    expect(answer).toMatchObject({ mediaType: "audio/mpeg", usage: { unitsOnly: true, characters: 5 } });
  });

  test("of OpenAI's shape is its own answer", () => {
    const egress = speech.egress["openai"];
    const body = Uint8Array.of(1, 2, 3);
    expect(egress?.parseResponse({ body, contentType: "audio/mpeg" }, ask(), traits)).toMatchObject({
      audio: body,
      mediaType: "audio/mpeg",
    });
    expect(
      egress?.parseResponse(
        { body, contentType: "application/octet-stream" },
        ask({ format: "flac" }),
        traits,
      ),
    ).toMatchObject({ mediaType: "audio/flac" });
    expect(egress?.parseResponse({ body, contentType: "application/json" }, ask(), traits)).toBeUndefined();
    expect(
      egress?.parseResponse({ body: new Uint8Array(), contentType: "audio/mpeg" }, ask(), traits),
    ).toBeUndefined();
  });

  test.each([
    ["openai", "openai.sse"],
    ["mistral", "mistral.sse"],
  ])("as it comes is read wherever it is cut: %s", (shape, file) => {
    const { body } = sample(file);
    const events = decode(shape, [body]);
    expect(soundOf(events)).toBe("SUQzBAAA");
    expect(events.at(-1)).toMatchObject({ type: "end", usage: { input: 14, output: 101, characters: 5 } });
    for (let at = 0; at <= body.length; at++) {
      expect(decode(shape, [body.subarray(0, at), body.subarray(at)])).toEqual(events);
      const isCut = at < body.length - 2;
      if (isCut) expect(decode(shape, [body.subarray(0, at)]).some(({ type }) => type === "end")).toBe(false);
    }
  });

  test("never makes a reader throw", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue().map((value) => JSON.stringify(value)),
          fc.string(),
        ),
        fc.uint8Array(),
        (text, bytes) => {
          for (const [shape, egress] of Object.entries(speech.egress)) {
            egress.parseResponse({ body: encode(text), contentType: "application/json" }, ask(), traits);
            egress.parseResponse({ body: bytes, contentType: "" }, ask(), traits);
            decode(shape, [bytes, encode(`data: ${text}\n`)]);
          }
        },
      ),
    );
  });

  test("is written as events for callers", () => {
    const encoder = ingress.encodeStream(context);
    const events = decode("mistral", [sample("mistral.sse").body]);
    const text = events.map((event) => encoder.encode(event)).join("");
    expect(decode("openai", [encode(text)])).toEqual(events);
    const whole = ingress.eventsOf(
      {
        audio: Uint8Array.of(1),
        mediaType: "audio/mpeg",
        usage: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0, unitsOnly: true },
      },
      context,
    );
    expect(whole.map((event) => encoder.encode(event)).join("")).toBe(
      `event: speech.audio.delta\ndata: {"type":"speech.audio.delta","audio":"AQ=="}\n\nevent: speech.audio.done\ndata: {"type":"speech.audio.done"}\n\n`,
    );
    expect(encoder.encode({ type: "error", error: { kind: "server", message: "x" } })).toBe("");
    expect(encoder.fail({ status: 502, code: "LK-3008", message: "Cut.", kind: "server" })).toContain(
      `"error":{"message":"Cut."`,
    );
  });
});

describe("speech that is passed on", () => {
  const envelope = passthrough.readEnvelope(jsonInput({ ...minimal, input: "Hi 😀é" }));

  test("counts the characters of the text", () => {
    expect(envelope).toMatchObject({ model: "voice", stream: false, characters: 5 });
    const answer = { body: Uint8Array.of(1), contentType: "audio/mpeg" };
    expect(passthrough.readAnswer(answer, envelope)).toMatchObject({
      ok: true,
      usage: { unitsOnly: true, characters: 5 },
    });
    expect(passthrough.readAnswer({ ...answer, contentType: "application/json" }, envelope)).toEqual({
      ok: false,
    });
    expect(passthrough.readTail(Uint8Array.of(1), envelope)).toMatchObject({ characters: 5 });
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) =>
        expect(countCharacters(text)).toBe([...text].length),
      ),
    );
  });

  test("changes the model and nothing else", () => {
    const text = `{"input":"x","voice":"a","model":"voice","new":1}`;
    const read = passthrough.readEnvelope({ body: encode(text), contentType: "application/json" });
    const bytes = passthrough.rewrite(read, { modelJson: encode(`"tts-1"`), askForUsage: false });
    expect(new TextDecoder().decode(bytes)).toBe(text.replace('voice","new', 'tts-1","new'));
    expect(refusal(() => passthrough.readEnvelope(jsonInput({ model: "m" })))).toEqual({
      code: "LK-2102",
      param: "input",
    });
  });

  test("as events is watched for its end and its tokens", () => {
    const asEvents = passthrough.readEnvelope(jsonInput({ ...minimal, stream_format: "sse" }));
    expect(asEvents.stream).toBe(true);
    const { body } = sample("openai.sse");
    const tap = passthrough.createTap(asEvents);
    expect(tap.feed(body)).toEqual(body);
    tap.end();
    expect([tap.complete, tap.usage]).toEqual([
      true,
      expect.objectContaining({ input: 14, output: 101, characters: 5 }),
    ]);
    const cut = passthrough.createTap(asEvents);
    cut.feed(body.subarray(0, 80));
    expect([cut.complete, cut.usage]).toEqual([false, undefined]);
  });
});

describe("recorded speech", () => {
  test("survives", () => {
    const exchanges = recordedExchanges("audio.speech");
    expect(exchanges.length > 0).toBe(hasRecordings);
    for (const { provider, body, contentType, request } of exchanges) {
      const parsed = ingress.parseRequest(jsonInput(request)).request;
      const shape = provider === "mistral" ? "mistral" : "openai";
      const answer = speech.egress[shape]?.parseResponse({ body, contentType }, parsed, traits);
      if (answer === undefined || "failure" in answer) throw new Error(`no sound of ${provider}`);
      expect(answer.mediaType).toBe("audio/mpeg");
      expect(answer.audio.length).toBeGreaterThan(10_000);
      expect(answer.usage.characters).toBe(64);
      expect(ingress.renderResponse(answer, context).body).toBe(answer.audio);
    }
  });
});

describe("OpenAI's client", () => {
  let gateway: TaskGateway | undefined;
  afterEach(() => gateway?.stop());
  const clientOf = (target: Parameters<typeof serveTask>[1], answer: VendorAnswer): OpenAI => {
    gateway = serveTask(speech, target, () => answer);
    return new OpenAI({ apiKey: "lk_test", baseURL: gateway.baseUrl, maxRetries: 0 });
  };
  const create = { model: "voice", input: "Hello", voice: "Kore" } as const;

  test("gets a WAV file of Gemini", async () => {
    const client = clientOf({ egress: "gemini" }, sample("gemini.json"));
    const answer = await client.audio.speech.create({ ...create, response_format: "wav" });
    expect(answer.headers.get("content-type")).toBe("audio/wav");
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([bytes.toString("latin1", 0, 4), bytes.toString("latin1", 8, 16), bytes.length]).toEqual([
      "RIFF",
      "WAVEfmt ",
      50,
    ]);
  });

  test("gets sound of Mistral as bytes and as events", async () => {
    const whole = clientOf({ egress: "mistral" }, sample("mistral.json"));
    const bytes = Buffer.from(await (await whole.audio.speech.create(create)).arrayBuffer());
    expect(bytes.toString("base64")).toBe("SUQzBAAA");
    await gateway?.stop();
    const events = clientOf({ egress: "mistral" }, sample("mistral.sse"));
    const text = await (await events.audio.speech.create({ ...create, stream_format: "sse" })).text();
    expect(soundOf(decode("openai", [encode(text)]))).toBe("SUQzBAAA");
  });

  test("is told by name what cannot be asked", async () => {
    const client = clientOf({ egress: "gemini" }, sample("gemini.json"));
    const error: unknown = await client.audio.speech
      .create({ ...create, response_format: "opus" })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 400, code: "LK-2110", param: "response_format" });
  });

  test("passes through, sound and all", async () => {
    const client = clientOf({}, { contentType: "audio/mpeg", body: Uint8Array.of(0xff, 0xf3, 0) });
    const answer = await client.audio.speech.create(create);
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([0xff, 0xf3, 0]);
    expect(gateway?.calls.map((call) => jsonOf(call)["model"])).toEqual(["upstream-model"]);
  });
});
