import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { ChatStreamTap } from "../../../src/dialects/openai-chat/stream-tap.ts";
import { chatRecordings } from "../../support/recordings.ts";
import { chatSample, chatSampleNames } from "../../support/wire-samples.ts";

const decoder = new TextDecoder();
const usage = { input: 19, output: 10, cacheRead: 8, cacheWrite: 0, reasoning: 4 };

function run(pieces: readonly Uint8Array[], hideUsage: boolean) {
  const tap = new ChatStreamTap(hideUsage);
  const out = [...pieces.map((piece) => tap.feed(piece)), tap.end()].filter((bytes) => bytes !== undefined);
  return {
    text: decoder.decode(Buffer.concat(out)),
    usage: tap.usage,
    complete: tap.complete,
    error: tap.upstreamError,
  };
}

function cut(bytes: Uint8Array, at: readonly number[]): readonly Uint8Array[] {
  const places = [
    0,
    ...[...at].map((place) => place % (bytes.length + 1)).sort((a, b) => a - b),
    bytes.length,
  ];
  return places.slice(1).map((end, index) => bytes.slice(places[index], end));
}

describe("a stream passing by", () => {
  test.each(chatSampleNames(".sse"))("%s passes byte for byte when nothing is hidden", (name) => {
    const bytes = chatSample(name);
    const text = decoder.decode(bytes);
    // Half an event is not passed.
    expect(run([bytes], false).text).toBe(
      name === "cut-in-line.sse" ? text.slice(0, text.lastIndexOf("\n") + 1) : text,
    );
  });

  test.each(chatSampleNames(".sse"))("%s means the same wherever it is cut", (name) => {
    const bytes = chatSample(name);
    for (const hideUsage of [false, true]) {
      const whole = run([bytes], hideUsage);
      for (let at = 0; at <= bytes.length; at++) expect(run(cut(bytes, [at]), hideUsage)).toEqual(whole);
      expect(
        run(
          Array.from(bytes, (byte) => Uint8Array.of(byte)),
          hideUsage,
        ),
      ).toEqual(whole);
    }
  });

  test.each([
    "text-usage.sse",
    "crlf.sse",
    "comments.sse",
    "spaced.sse",
    "tools-usage.sse",
    "no-end-marker.sse",
  ])("%s loses its usage, and nothing else, where the caller did not ask for it", (name) => {
    const bytes = chatSample(name);
    const shown = run([bytes], false);
    const hidden = run([bytes], true);
    expect(hidden.usage).toEqual(usage);
    expect(shown.text).toContain('"prompt_tokens"');
    expect(hidden.text).not.toContain('"prompt_tokens"');
    const events = shown.text.split(/(?<=\n\r?\n)/).filter((event) => !event.includes("prompt_tokens"));
    expect(hidden.text).toBe(events.join("").replaceAll(/,\s*"usage"\s*:\s*null/g, ""));
    expect(hidden.text).not.toMatch(/"usage"\s*:/);
  });

  test.each([
    ['{"a":1,"usage":null}', '{"a":1}'],
    ['{"a":[{}], "usage" : null , "b":2}', '{"a":[{}] , "b":2}'],
    ['{"usage":null,"a":1}', '{"a":1}'],
    ['{ "usage": null }', "{  }"],
    ['{"a":"ü\\"} 日本","usage":null}', '{"a":"ü\\"} 日本"}'],
    ['{"a":{"usage":null}}', '{"a":{"usage":null}}'],
    ['{"a":[{"b":1,"usage":null}],"usage":null}', '{"a":[{"b":1,"usage":null}]}'],
    ['{"a":"\\"usage\\":null,"}', '{"a":"\\"usage\\":null,"}'],
    ['{"a":"usage","b":null}', '{"a":"usage","b":null}'],
  ])("the empty usage of %s is hidden where the caller did not ask for it", (chunk, shown) => {
    const stream = (data: string): string =>
      `: comment\n\ndata: ${data}\n\ndata: {"a":"\\"usage\\":null"}\n\n`;
    expect(run([Buffer.from(stream(chunk))], true).text).toBe(stream(shown));
    expect(run([Buffer.from(stream(chunk))], false).text).toBe(stream(chunk));
    expect(run([Buffer.from(`data: ${chunk}`)], true).text).toBe(`data: ${shown}`);
  });

  test("whatever a chunk holds is the same without its empty usage", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), ({ usage: _, ...members }, at) => {
        const entries = Object.entries(members);
        const place = at % (entries.length + 1);
        const chunk = Object.fromEntries(entries.toSpliced(place, 0, ["usage", null]));
        const { text } = run([Buffer.from(`data: ${JSON.stringify(chunk)}\n\n`)], true);
        expect(JSON.parse(text.slice(5))).toEqual(JSON.parse(JSON.stringify(members)));
      }),
    );
  });

  test("usage on the finish chunk is tapped and stays", () => {
    const bytes = chatSample("usage-on-finish.sse");
    expect(run([bytes], true)).toMatchObject({ usage, text: decoder.decode(bytes) });
  });

  test("words in the text are not taken for usage or the end", () => {
    const text = decoder.decode(chatSample("text.sse"));
    const beforeFinish = text.slice(0, text.lastIndexOf("data:", text.indexOf('"finish_reason":"stop"')));
    expect(beforeFinish).toContain("and [DONE]");
    expect(run([Buffer.from(beforeFinish)], false)).toMatchObject({ usage: undefined, complete: false });
  });

  test("what was cut short is not complete", () => {
    expect(run([chatSample("cut-after-text.sse")], false).complete).toBe(false);
    expect(run([chatSample("cut-in-line.sse")], false).complete).toBe(false);
    expect(run([chatSample("error-inside.sse")], false)).toMatchObject({
      complete: false,
      error: { kind: "server", message: expect.stringContaining("server had an error") },
    });
    expect(run([chatSample("no-end-marker.sse")], false).complete).toBe(true);
  });

  test("several choices are complete when the last of them is", () => {
    const event = (index: number, finish: string | null): Uint8Array =>
      Buffer.from(`data: ${JSON.stringify({ choices: [{ index, delta: {}, finish_reason: finish }] })}\n\n`);
    const begun = [event(0, null), event(1, null), event(0, "stop")];
    expect(run(begun, false).complete).toBe(false);
    expect(run([...begun, event(1, "length")], false).complete).toBe(true);
    expect(run([...begun, Buffer.from("data: [DONE]\n\n")], false).complete).toBe(true);
  });

  test("a line without end is noticed before it fills the memory", () => {
    const tap = new ChatStreamTap(false);
    const piece = new Uint8Array(1024 * 1024).fill(97);
    for (let index = 0; index < 9; index++) tap.feed(piece);
    expect(tap.overlong).toBe(true);
  });
});

describe("recorded streams", () => {
  const streams = chatRecordings().filter((recording) => recording.stream && recording.status === 200);

  test.each(streams.map((recording) => [recording.name, recording] as const))("%s", (_, { body }) => {
    const whole = run([body], false);
    const came = decoder.decode(body);
    // Content in parts is told as a text; everything else passes.
    if (/"content":\s*\[/.test(came)) expect(whole.text).not.toMatch(/"content":\s*\[/);
    else expect(whole.text).toBe(came);
    expect(whole.complete).toBe(true);
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 12 }), (places) => {
        expect(run(cut(body, places), false)).toEqual(whole);
        expect(run(cut(body, places), true).usage).toEqual(whole.usage);
      }),
      { numRuns: 20 },
    );
  });
});

describe("a stream with an event that is no JSON", () => {
  const event = `data: {"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}\n\n`;

  test.each(["data: {nope\n\n", "data: <html>\r\n\r\n", `data: {"choices":[{"index":0\n\n`])(
    "passes up to it and no further: %j",
    (damage) => {
      const bytes = new TextEncoder().encode(event + damage + event);
      for (const pieces of [[bytes], Array.from(bytes, (byte) => Uint8Array.of(byte))]) {
        const tap = new ChatStreamTap(false);
        const passed: Uint8Array[] = [];
        for (const piece of pieces) {
          const out = tap.damaged ? undefined : tap.feed(piece);
          if (out !== undefined) passed.push(out);
        }
        expect(decoder.decode(Buffer.concat(passed))).toBe(event);
        expect(tap.damaged).toBe(true);
      }
    },
  );

  test("is told from comments, empty data and the end marker", () => {
    const tap = new ChatStreamTap(false);
    const fine = `: ping\n\ndata:\n\nevent: x\ndata: {"choices":[]} \n\ndata:[DONE]\n\n`;
    expect(decoder.decode(tap.feed(new TextEncoder().encode(fine)))).toBe(fine);
    expect(tap.damaged).toBe(false);
  });
});
