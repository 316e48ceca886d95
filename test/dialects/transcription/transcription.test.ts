import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { TranscriptionRequest, TranscriptionStreamEvent } from "../../../src/canonical/transcription.ts";
import { parseMultipart, partText } from "../../../src/dialects/multipart/parse.ts";
import { type NewPart, writeMultipart } from "../../../src/dialects/multipart/write.ts";
import { transcription } from "../../../src/dialects/transcription/index.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import { recordedExchanges } from "../../support/recorded-exchanges.ts";
import { hasRecordings } from "../../support/recordings.ts";
import { jsonInput, jsonOf, taskSample } from "../../support/task-samples.ts";

const { ingress, passthrough } = transcription;
const wave = Uint8Array.of(0x52, 0x49, 0x46, 0x46, 13, 10);
const file = { name: "file", bytes: wave, filename: "a.wav", contentType: "audio/wav" };
const ask = (changes: Partial<TranscriptionRequest> = {}): TranscriptionRequest => ({
  model: "ears",
  task: "transcribe",
  audio: { bytes: wave, name: "a.wav", mediaType: "audio/wav" },
  stream: false,
  ...changes,
});
const traits = { path: "/audio/transcriptions", upstreamModel: "m" };
const contextOf = (changes: Partial<TranscriptionRequest> = {}) => ({
  request: ask(changes),
  model: "ears",
  requestId: "req_1",
  nowS: 1,
});
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (name: string, value: string): NewPart => ({ name, text: value });
const formOf = (...parts: readonly NewPart[]) => writeMultipart([file, text("model", "ears"), ...parts]);

/** A form's fields as `name=text`, files as their names. */
function fieldsOf({ body, contentType }: { body: Uint8Array; contentType: string }): readonly string[] {
  return parseMultipart(body, contentType).parts.map((part) =>
    part.filename === undefined ? `${part.name}=${partText(body, part)}` : `${part.name}:${part.filename}`,
  );
}

function render(shape: string, changes: Partial<TranscriptionRequest>, quirks = {}) {
  const rendered = transcription.egress[shape]?.renderRequest(ask(changes), { ...traits, quirks });
  if (rendered === undefined) throw new Error("no shape");
  return rendered;
}

const named = (losses: ReturnType<typeof render>["losses"]) =>
  losses.map(({ path, isHarmless }) => [
    typeof path === "string" ? path : ingress.fieldName(path.field),
    isHarmless,
  ]);

function read(shape: string, sample: string, changes: Partial<TranscriptionRequest> = {}) {
  const answer = transcription.egress[shape]?.parseResponse(
    taskSample(`transcription/${sample}`),
    ask(changes),
    traits,
  );
  if (answer === undefined || "failure" in answer) throw new Error("no transcript");
  return answer;
}

function decode(shape: string, pieces: readonly Uint8Array[], changes: Partial<TranscriptionRequest> = {}) {
  const events: TranscriptionStreamEvent[] = [];
  const decoder = transcription.egress[shape]?.decodeStream?.(ask(changes), traits, (event) =>
    events.push(event),
  );
  for (const piece of pieces) decoder?.push(piece);
  decoder?.close();
  return events;
}

const rendered = (answer: ReturnType<typeof read>, changes: Partial<TranscriptionRequest>): string =>
  new TextDecoder().decode(ingress.renderResponse(answer, contextOf(changes)).body);

function refusal(work: () => unknown): { code: string; param: string | undefined } {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof LatchkeyError) return { code: thrown.code, param: thrown.param };
    throw thrown;
  }
  throw new Error("nothing was refused");
}

describe("a caller's request for a transcript", () => {
  test("is understood with all of its members", () => {
    const form = formOf(
      text("language", "de"),
      text("prompt", "Namen"),
      text("response_format", "verbose_json"),
      text("temperature", "0.2"),
      text("timestamp_granularities[]", "word"),
      text("timestamp_granularities[]", "segment"),
      text("include[]", "logprobs"),
      text("chunking_strategy", "auto"),
      text("known_speaker_names[]", "agent"),
      text("known_speaker_references[]", "data:audio/wav;base64,AAA="),
      text("stream", "True"),
      text("diarize", "true"),
    );
    expect(ingress.parseRequest({ ...form, operation: "transcribe" })).toMatchObject({
      request: ask({
        language: "de",
        prompt: "Namen",
        format: "verbose-json",
        temperature: 0.2,
        timestamps: ["word", "segment"],
        logprobs: true,
        chunking: "auto",
        speakerNames: ["agent"],
        speakerReferences: ["data:audio/wav;base64,AAA="],
        stream: true,
        extras: { diarize: "true" },
      }),
      losses: [],
    });
  });

  test("to translate knows fewer members", () => {
    const { request } = ingress.parseRequest({
      ...formOf(text("language", "de"), text("prompt", "x")),
      operation: "translate",
    });
    expect(request).toMatchObject({ task: "translate", prompt: "x", extras: { language: "de" } });
    expect(request.language).toBeUndefined();
  });

  test("loses no part of a structured chunking strategy in silence", () => {
    const { request } = ingress.parseRequest(
      formOf(text("chunking_strategy[type]", "server_vad"), text("x[]", "1")),
    );
    expect(request.extras).toEqual({ "chunking_strategy[type]": "server_vad", "x[]": ["1"] });
    const same = transcription.egress["openai"]?.renderRequest(request, traits);
    expect(same && fieldsOf(same)).toEqual([
      "model=m",
      "chunking_strategy[type]=server_vad",
      "x[]=1",
      "file:a.wav",
    ]);
    const other = transcription.egress["mistral"]?.renderRequest(request, traits);
    expect(other?.losses.map(({ path }) => path)).toEqual(["chunking_strategy[type]", "x[]"]);
    expect(
      ingress.parseRequest(formOf(text("chunking_strategy", `{"type":"server_vad"}`))).request.chunking,
    ).toBe(`{"type":"server_vad"}`);
  });

  test.each([
    [[text("model", "m")], "LK-2102", "file"],
    [[file], "LK-2102", "model"],
    [[file, file, text("model", "m")], "LK-2102", "file"],
    [[text("file", "words"), text("model", "m")], "LK-2102", "file"],
    [[file, text("model", "m"), text("response_format", "xml")], "LK-2102", "response_format"],
    [[file, text("model", "m"), text("temperature", "2")], "LK-2102", "temperature"],
    [[file, text("model", "m"), text("temperature", "")], "LK-2102", "temperature"],
    [[file, text("model", "m"), text("stream", "yes")], "LK-2102", "stream"],
    [[file, text("model", "m"), text("include[]", "x")], "LK-2102", "include[0]"],
    [
      [
        file,
        text("model", "m"),
        text("timestamp_granularities[]", "word"),
        text("timestamp_granularities[]", "x"),
      ],
      "LK-2102",
      "timestamp_granularities[1]",
    ],
    [[file, text("model", "m"), text("language", "de"), text("language", "en")], "LK-2103", "language"],
  ])("is refused with the member at fault: %#", (parts, code, param) => {
    expect(refusal(() => ingress.parseRequest(writeMultipart(parts)))).toEqual({ code, param });
  });

  test("is refused as JSON, which holds no file", () => {
    expect(refusal(() => ingress.parseRequest(jsonInput({ model: "m", file: "x" })))).toEqual({
      code: "LK-2102",
      param: "file",
    });
  });

  test("survives being understood and written for OpenAI", () => {
    const members = fc.record(
      {
        language: fc.constantFrom("de", "en"),
        prompt: fc.string(),
        format: fc.constantFrom("json" as const, "verbose-json" as const, "diarized-json" as const),
        temperature: fc.double({ min: 0, max: 1, noNaN: true }),
        timestamps: fc.subarray(["word", "segment"] as const, { minLength: 1 }),
        logprobs: fc.constant(true),
        chunking: fc.constantFrom("auto", `{"type":"server_vad"}`),
        speakerNames: fc.array(fc.string(), { minLength: 1, maxLength: 4 }),
        stream: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(members, fc.uint8Array({ maxLength: 100 }), (changes, bytes) => {
        const audio = { bytes, name: "ü.mp3", mediaType: "audio/mpeg" };
        const request = ask({ ...changes, audio, model: "m" });
        const form = transcription.egress["openai"]?.renderRequest(request, traits);
        if (form === undefined) throw new Error("no shape");
        expect(form.losses).toEqual([]);
        const again = ingress.parseRequest(form).request;
        expect<unknown>({
          ...again,
          audio: { ...again.audio, bytes: Uint8Array.from(again.audio.bytes) },
        }).toEqual(request);
      }),
    );
  });
});

describe("a request for a transcript, in a vendor's words", () => {
  test("of OpenAI's shape has the file last and asks for what subtitles are made of", () => {
    expect(fieldsOf(render("openai", { format: "srt", language: "de", stream: true }))).toEqual([
      "model=m",
      "language=de",
      "response_format=verbose_json",
      "stream=true",
      "file:a.wav",
    ]);
    const quirks = { lacks: "prompt timestamps speakerNames", stream: false };
    const lacking = render(
      "openai",
      { prompt: "x", timestamps: ["word"], speakerNames: ["a"], stream: true },
      quirks,
    );
    expect(fieldsOf(lacking)).toEqual(["model=m", "file:a.wav"]);
    expect([lacking.streams, named(lacking.losses)]).toEqual([
      false,
      [
        ["prompt", true],
        ["timestamp_granularities", false],
        ["known_speaker_names", false],
      ],
    ]);
  });

  test("of OpenAI's shape is refused where the vendor has not the form that is needed", () => {
    const quirks = { formats: "json", lacks: "language" };
    expect(named(render("openai", { format: "vtt", language: "de" }, quirks).losses)).toEqual([
      ["response_format", false],
      ["language", true],
    ]);
    expect(render("openai", { format: "text" }, quirks).losses).toEqual([]);
  });

  test("of Mistral asks for segments where the form needs them", () => {
    expect(fieldsOf(render("mistral", { language: "de", temperature: 0, stream: true }))).toEqual([
      "model=m",
      "language=de",
      "temperature=0",
      "stream=true",
      "file:a.wav",
    ]);
    const diarized = render("mistral", { format: "diarized-json", language: "de" });
    expect(fieldsOf(diarized)).toEqual([
      "model=m",
      "timestamp_granularities=segment",
      "diarize=true",
      "file:a.wav",
    ]);
    expect(named(diarized.losses)).toEqual([["language", true]]);
    const lost = render("mistral", {
      task: "translate",
      prompt: "x",
      chunking: "auto",
      logprobs: true,
      speakerNames: ["a"],
      speakerReferences: ["b"],
      timestamps: ["word", "segment"],
    });
    expect(named(lost.losses)).toEqual([
      ["prompt", true],
      ["chunking_strategy", true],
      ["include", false],
      ["known_speaker_names", false],
      ["known_speaker_references", false],
      ["task", false],
      ["timestamp_granularities", false],
    ]);
  });

  test("of Cohere has to tell the language and gets no times", () => {
    expect(fieldsOf(render("cohere", { language: "en", temperature: 0.5, format: "text" }))).toEqual([
      "model=m",
      "language=en",
      "temperature=0.5",
      "file:a.wav",
    ]);
    expect(
      named(render("cohere", { format: "srt", prompt: "x", timestamps: ["word"], task: "translate" }).losses),
    ).toEqual([
      ["prompt", true],
      ["timestamp_granularities", false],
      ["task", false],
      ["language", false],
      ["response_format", false],
    ]);
  });
});

describe("a transcript", () => {
  test("of OpenAI has tokens, or seconds", () => {
    expect(read("openai", "openai.json")).toEqual({
      text: "Hello there.",
      logprobs: [
        { token: "Hello", logprob: -0.1, bytes: [72, 101, 108, 108, 111] },
        { token: " there.", logprob: -0.2 },
      ],
      usage: { input: 37, output: 12, cacheRead: 0, cacheWrite: 0, reasoning: 0, audioInput: 30 },
    });
    expect(read("openai", "openai-duration.json").usage).toMatchObject({ unitsOnly: true, audioSeconds: 7 });
    expect(read("openai", "openai-verbose.json").usage).toMatchObject({ audioSeconds: 4 });
    expect(read("openai", "openai.txt")).toEqual({ text: "Hello there." });
  });

  test.each(["openai.json", "openai-duration.json"])("as JSON survives: %s", (sample) => {
    expect(jsonOf(ingress.renderResponse(read("openai", sample), contextOf()))).toEqual(
      jsonOf(taskSample(`transcription/${sample}`)),
    );
  });

  test("with all that was told survives", () => {
    const answer = read("openai", "openai-verbose.json");
    expect(jsonOf(ingress.renderResponse(answer, contextOf({ format: "verbose-json" })))).toEqual(
      jsonOf(taskSample("transcription/openai-verbose.json")),
    );
  });

  test("with speakers survives", () => {
    const answer = read("openai", "openai-diarized.json");
    expect(jsonOf(ingress.renderResponse(answer, contextOf({ format: "diarized-json" })))).toEqual(
      jsonOf(taskSample("transcription/openai-diarized.json")),
    );
  });

  test("becomes text and subtitles", () => {
    const answer = read("openai", "openai-verbose.json");
    expect(rendered(answer, { format: "text" })).toBe("Hello there. Bye.\n");
    expect(rendered(answer, { format: "srt" })).toBe(
      "1\n00:00:00,000 --> 00:00:02,250\nHello there.\n\n2\n00:00:02,250 --> 01:01:01,500\nBye -> now.\n\n",
    );
    expect(rendered(answer, { format: "vtt" })).toBe(
      "WEBVTT\n\n00:00:00.000 --> 00:00:02.250\nHello there.\n\n00:00:02.250 --> 01:01:01.500\nBye -> now.\n\n",
    );
    expect(ingress.renderResponse(answer, contextOf({ format: "vtt" })).contentType).toBe(
      "text/plain; charset=utf-8",
    );
    expect(rendered({ text: "Hi", durationS: 1 }, { format: "srt" })).toBe(
      "1\n00:00:00,000 --> 00:00:01,000\nHi\n\n",
    );
    expect(rendered({ text: "" }, { format: "vtt" })).toBe("WEBVTT\n\n");
  });

  test("never lets what is said end its cue", () => {
    const words = fc.string({ unit: fc.constantFrom("a", " ", "\n", "\r", "-->", "1", "00:00:01,000") });
    fc.assert(
      fc.property(fc.array(fc.tuple(words, fc.nat(1e6))), (spoken) => {
        const segments = spoken.map(([said, start]) => ({
          text: said,
          start: start / 1000,
          end: start / 1000 + 1,
        }));
        const srt = rendered(
          { text: "x", segments: [...segments, { text: "end", start: 1, end: 2 }] },
          { format: "srt" },
        );
        const cues = srt.split("\n\n").filter((cue) => cue.includes(" --> "));
        expect(srt.split(" --> ")).toHaveLength(segments.length + 2);
        expect(cues.length).toBe(segments.length + 1);
      }),
    );
  });

  test("of Mistral has seconds, speakers and words", () => {
    const answer = read("mistral", "mistral.json", { format: "diarized-json" });
    expect(answer).toMatchObject({
      text: "Hello there. Bye.",
      durationS: 4,
      usage: { input: 4, output: 26, audioSeconds: 4 },
      segments: [{ speaker: "speaker_1" }, { speaker: "speaker_2" }],
    });
    expect(
      jsonOf(ingress.renderResponse(answer, contextOf({ format: "verbose-json", language: "en" }))),
    ).toEqual({
      task: "transcribe",
      language: "en",
      duration: 4,
      text: "Hello there. Bye.",
      segments: [
        { id: 0, start: 0.1, end: 2.2, text: "Hello there." },
        { id: 1, start: 2.3, end: 3.9, text: " Bye." },
      ],
      usage: { type: "duration", seconds: 4 },
    });
    const words = read("mistral", "mistral.json", { timestamps: ["word"] });
    expect([words.segments, words.words?.[1]]).toEqual([undefined, { word: "Bye.", start: 2.3, end: 3.9 }]);
    expect(read("cohere", "cohere.json")).toEqual({ text: " Hello there." });
  });

  test("never makes a reader throw", () => {
    const fields = fc.record({
      text: fc.oneof(fc.string(), fc.jsonValue()),
      segments: fc.jsonValue(),
      words: fc.jsonValue(),
      logprobs: fc.jsonValue(),
      usage: fc.jsonValue(),
    });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fields), fc.uint8Array(), (value, bytes) => {
        for (const [shape, egress] of Object.entries(transcription.egress)) {
          for (const body of [encode(JSON.stringify(value)), bytes]) {
            const answer = egress.parseResponse({ body, contentType: "application/json" }, ask(), traits);
            if (answer !== undefined && !("failure" in answer)) {
              for (const format of ["json", "verbose-json", "diarized-json", "text", "srt", "vtt"] as const)
                rendered(answer, { format });
            }
            decode(shape, [
              encode("data: "),
              body,
              encode(`\n\ndata: {"type":"transcription.done","text":${JSON.stringify(value)}}\n\n`),
            ]);
          }
        }
      }),
    );
  });
});

describe("a transcript as it comes", () => {
  test.each([
    ["openai", "openai.sse", "json"],
    ["openai", "openai-diarized.sse", "diarized-json"],
    ["mistral", "mistral.sse", "json"],
    ["mistral", "mistral.sse", "diarized-json"],
  ] as const)("is read wherever it is cut: %s, %s as %s", (shape, sample, format) => {
    const { body } = taskSample(`transcription/${sample}`);
    const events = decode(shape, [body], { format });
    expect(events.at(-1)?.type).toBe("end");
    expect(events.at(-2)).toMatchObject({
      type: "done",
      response: { text: expect.stringContaining("Hello") },
    });
    const marker = new TextDecoder().decode(body).lastIndexOf("data: {");
    for (let at = 0; at <= body.length; at++) {
      expect(decode(shape, [body.subarray(0, at), body.subarray(at)], { format })).toEqual(events);
      if (at < marker)
        expect(decode(shape, [body.subarray(0, at)], { format }).some(({ type }) => type === "end")).toBe(
          false,
        );
    }
  });

  test("keeps its words, likelihoods, speakers and usage for callers", () => {
    for (const [shape, sample, format] of [
      ["openai", "openai.sse", "json"],
      ["openai", "openai-diarized.sse", "diarized-json"],
      ["mistral", "mistral.sse", "json"],
    ] as const) {
      const events = decode(shape, [taskSample(`transcription/${sample}`).body], { format });
      const encoder = ingress.encodeStream(contextOf({ stream: true }));
      const again = decode("openai", [encode(events.map((event) => encoder.encode(event)).join(""))]);
      const essence = (list: readonly TranscriptionStreamEvent[]) =>
        list.map((event) =>
          event.type === "done"
            ? [event.response.text, event.response.logprobs, event.response.usage?.output]
            : event,
        );
      expect(essence(again)).toEqual(essence(events));
    }
  });

  test("is made of a whole one where the vendor has no streams", () => {
    const events = ingress.eventsOf(read("cohere", "cohere.json"), contextOf());
    expect(events).toEqual([
      { type: "delta", text: " Hello there." },
      { type: "done", response: { text: " Hello there." } },
      { type: "end" },
    ]);
  });

  test("tells a failure", () => {
    const failed = encode(`data: {"error":{"message":"Too long.","code":"audio_too_long"}}\n\n`);
    expect(decode("openai", [failed])).toEqual([
      { type: "error", error: { kind: "server", message: "Too long.", code: "audio_too_long" } },
    ]);
    const encoder = ingress.encodeStream(contextOf());
    expect(encoder.encode({ type: "error", error: { kind: "server", message: "x" } })).toBe("");
    expect(encoder.fail({ status: 502, code: "LK-3008", message: "Cut.", kind: "server" })).toContain(
      `"code":"LK-3008"`,
    );
  });
});

describe("a transcript that is passed on", () => {
  const envelope = passthrough.readEnvelope(formOf(text("stream", "true")));

  test("changes the model and nothing else", () => {
    expect(envelope).toMatchObject({ model: "ears", stream: true });
    const changed = passthrough.rewrite(envelope, { modelJson: encode(`"whisper-1"`), askForUsage: false });
    expect(fieldsOf({ body: changed, contentType: envelope.contentType })).toEqual([
      "file:a.wav",
      "model=whisper-1",
      "stream=true",
    ]);
    const before = Buffer.from(envelope.body).toString("latin1");
    expect(Buffer.from(changed).toString("latin1")).toBe(
      before.replace("\r\n\r\nears\r\n", "\r\n\r\nwhisper-1\r\n"),
    );
    expect(refusal(() => passthrough.readEnvelope(writeMultipart([text("model", "m")])))).toEqual({
      code: "LK-2102",
      param: "file",
    });
  });

  test.each([
    ["openai.json", { input: 37, output: 12, audioInput: 30 }],
    ["openai-duration.json", { unitsOnly: true, audioSeconds: 7 }],
    ["openai-verbose.json", { unitsOnly: true, audioSeconds: 4 }],
    ["mistral.json", { input: 4, output: 26, audioSeconds: 4 }],
  ])("has usage: %s", (sample, usage) => {
    const answer = taskSample(`transcription/${sample}`);
    expect(passthrough.readAnswer(answer, envelope)).toMatchObject({ ok: true, usage });
    expect(passthrough.readTail(answer.body.subarray(-250), envelope)).toMatchObject(usage);
  });

  test("may tell its length only, or nothing", () => {
    const answer = (value: string, contentType = "application/json") =>
      passthrough.readAnswer({ body: encode(value), contentType }, envelope);
    expect(answer(`{"text":"","duration":2.5}`)).toMatchObject({
      ok: true,
      usage: { audioSeconds: 2.5, unitsOnly: true },
    });
    expect(answer(`{"text":""}`)).toEqual({ ok: true, usage: undefined });
    expect(answer("1\n", "text/plain")).toEqual({ ok: true, usage: undefined });
    expect(answer(`{"error":{}}`)).toEqual({ ok: false });
    expect(answer("")).toEqual({ ok: false });
  });

  test("is watched as it comes", () => {
    const { body } = taskSample("transcription/openai.sse");
    const tap = passthrough.createTap(envelope);
    expect(tap.feed(body)).toBe(body);
    expect([tap.complete, tap.usage?.input]).toEqual([true, 37]);
    const cut = passthrough.createTap(envelope);
    cut.feed(body.subarray(0, 200));
    cut.end();
    expect([cut.complete, cut.usage]).toEqual([false, undefined]);
  });
});

describe("recorded transcripts", () => {
  const exchanges = recordedExchanges("audio.transcriptions", "audio.translations");

  test("survive being read and written again, whole and as they came", () => {
    expect(exchanges.length > 0).toBe(hasRecordings);
    for (const { provider, body, contentType, requestBytes, requestType = "", name } of exchanges) {
      const shape = provider === "mistral" || provider === "cohere" ? provider : "openai";
      if (contentType.startsWith("text/event-stream")) {
        const events = decode(shape, [body]);
        const said = events.map((event) => (event.type === "delta" ? event.text : "")).join("");
        const done = events.find(({ type }) => type === "done");
        expect(done).toMatchObject({
          response: { text: said, usage: { input: 37, output: 12, audioInput: 37 } },
        });
        for (let at = 0; at <= body.length; at++)
          expect(decode(shape, [body.subarray(0, at), body.subarray(at)])).toEqual(events);
        const encoder = ingress.encodeStream(contextOf());
        const written = events.map((event) => encoder.encode(event)).join("");
        expect(decode("openai", [encode(written)])).toEqual(events);
        const tap = passthrough.createTap(passthrough.readEnvelope(formOf()));
        tap.feed(body);
        expect(tap.complete).toBe(true);
      } else {
        const value = jsonOf({ body, contentType });
        // One of them was kept with its status and headers around it.
        const inner =
          typeof value["body"] === "string"
            ? { body: encode(value["body"]), contentType: "text/plain" }
            : { body, contentType };
        const answer = transcription.egress[shape]?.parseResponse(inner, ask({ language: "en" }), traits);
        if (answer === undefined || "failure" in answer) throw new Error(`no transcript: ${name}`);
        expect(answer.text).toBe(String(value["text"] ?? value["body"]).trimEnd());
        expect(jsonOf(ingress.renderResponse(answer, contextOf()))["text"]).toBe(answer.text);
        if (Array.isArray(value["segments"])) expect(answer.segments).toHaveLength(value["segments"].length);
        expect(answer.usage === undefined).toBe(value["usage"] === undefined);
      }
      if (requestBytes?.[0] !== 0x2d) continue;
      const input = { body: requestBytes, contentType: requestType };
      const envelope = passthrough.readEnvelope(input);
      const { request } = ingress.parseRequest(input);
      expect([request.model, request.stream, request.audio.bytes.length > 1_000]).toEqual([
        envelope.model,
        envelope.stream,
        true,
      ]);
    }
  });
});
