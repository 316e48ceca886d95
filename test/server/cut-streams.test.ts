import { describe, expect, test } from "bun:test";
import type { ArtifactFixture } from "../support/artifact-fixture.ts";
import type { GatewayFixture } from "../support/gateway-fixture.ts";
import { upstreamSecret } from "../support/gateway-fixture.ts";
import {
  chunk,
  lastChunk,
  type ReplayConnection,
  type ReplayScript,
  streamHead,
} from "../support/replay-upstream.ts";
import { chatSample } from "../support/wire-samples.ts";
import { ask, good, rowOf, shortTimeouts, startFaulty, stopAfterEach } from "./support/fault-gateway.ts";

stopAfterEach();

const patient = { connectMs: 0, firstTokenMs: 0, idleMs: 0, totalMs: 0 };
const event = (fields: object): string => `data: ${JSON.stringify(fields)}\n\n`;
const text = event({ choices: [{ index: 0, delta: { content: "a" }, finish_reason: null }] });
const finish = event({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
const usage = event({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 2 } });

interface Played {
  readonly text: string;
  readonly gateway: GatewayFixture;
  readonly response: Response;
}

/** Plays the beginning, waits until the caller has got some of it, then does the rest. */
async function play(
  begin: string | Uint8Array,
  then: (connection: ReplayConnection) => void,
  fixture: Partial<ArtifactFixture> = {},
): Promise<Played> {
  const { promise: hasBegun, resolve: goOn } = Promise.withResolvers<void>();
  let isFirst = true;
  const script: ReplayScript = async (connection) => {
    if (!isFirst) return good(connection);
    isFirst = false;
    connection.send(streamHead);
    connection.send(chunk(text));
    await hasBegun;
    if (begin.length > 0) connection.send(chunk(begin));
    then(connection);
  };
  const { gateway } = await startFaulty(script, true, { timeouts: patient, ...fixture });
  const response = await ask(gateway, true);
  const reader = response.body?.getReader();
  const pieces: Uint8Array[] = [];
  for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
    pieces.push(next.value);
    goOn();
  }
  const whole = Buffer.concat(pieces).toString();
  expect(whole).toStartWith(text);
  return { text: whole.slice(text.length), gateway, response };
}

/** The caller is told of the cut in an event of its own, and the gateway is well. */
async function expectCut(
  { text: got, gateway, response }: Played,
  before: string,
  code: string,
): Promise<void> {
  expect(response.status).toBe(200);
  expect(got).not.toMatch(/^data: ?\[DONE\]/m);
  const last = got.lastIndexOf("data: ");
  expect(got.slice(0, last)).toBe(before);
  expect(got).toEndWith("\n\n");
  expect(JSON.parse(got.slice(last + 6))).toEqual({
    error: {
      message: expect.stringMatching(/\w.*\.$/),
      type: "server_error",
      param: null,
      code,
    },
  });
  expect(await rowOf(gateway, response)).toMatchObject({
    status: 200,
    errorCode: code,
    attempts: 1,
    stream: true,
    target: "box0/upstream-0",
    responseBytes: Buffer.byteLength(text + got),
  });
  await gateway.gateway.idle();
  expect((await ask(gateway, true)).status).toBe(200);
}

const ends = ({ send }: ReplayConnection): void => send(lastChunk);
const closes = ({ end }: ReplayConnection): void => end();

describe("a stream that is cut", () => {
  test.each([
    ["by its end", ends],
    ["by a closed connection", closes],
  ])("%s, between two events", async (_, cut) => {
    await expectCut(await play(text, cut), text, "LK-3008");
  });

  test.each([
    ["by its end", ends],
    ["by a closed connection", closes],
  ])("%s, in a line, loses that line", async (_, cut) => {
    await expectCut(await play(text + text.slice(0, 30), cut), text, "LK-3008");
  });

  test("by a reset", async () => {
    await expectCut(await play("", ({ reset }) => reset()), "", "LK-3008");
  });

  test.each([ends, closes])("in the middle of an event says so in another one", async (cut) => {
    await expectCut(await play(`${text.trimEnd()}\n`, cut), text, "LK-3008");
    await expectCut(
      await play(text.replaceAll("\n", "\r\n").slice(0, -2), cut),
      `${text.trimEnd()}\r\n\n`,
      "LK-3008",
    );
  });

  test("in the middle of a chunk's framing", async () => {
    const frame = Buffer.from(chunk(text));
    await expectCut(
      await play(text, ({ send, end }) => {
        send(frame.subarray(0, 10));
        end();
      }),
      text,
      "LK-3008",
    );
    await expectCut(await play(text, ({ send }) => send("zz\r\n")), text, "LK-3007");
    await expectCut(await play(text, ({ send }) => send("-1\r\n")), text, "LK-3007");
  });

  test("after one of two choices has ended", async () => {
    const other = event({ choices: [{ index: 1, delta: { content: "b" }, finish_reason: null }] });
    await expectCut(await play(other + finish, ends), other + finish, "LK-3008");
    await expectCut(await play(other + finish, closes), other + finish, "LK-3008");
  });

  test("by silence", async () => {
    const played = await play(text, () => {}, { timeouts: { ...shortTimeouts, firstTokenMs: 0 } });
    await expectCut(played, text, "LK-3005");
  });

  test("by the total limit, though it still moves", async () => {
    const timeouts = { ...patient, idleMs: 1_000, totalMs: 200 };
    const played = await play(
      text,
      async ({ send, left }) => {
        const timer = setInterval(() => send(chunk(":\n\n")), 10);
        await left;
        clearInterval(timer);
      },
      { timeouts },
    );
    const comments = /^(:\n\n)+/.exec(played.text.slice(text.length))?.[0] ?? "";
    await expectCut(played, text + comments, "LK-3006");
  });

  test("by a line that does not end", async () => {
    const endless = new Uint8Array(1024 * 1024).fill(97);
    const { promise: left, resolve } = Promise.withResolvers<void>();
    const fill = (connection: ReplayConnection): void => {
      for (let sent = 0; sent < 12; sent++) connection.send(chunk(endless));
      void connection.left.then(resolve);
    };
    await expectCut(await play(text, fill, { settings: {} }), text, "LK-3009");
    await left;
    const settings = { maxResponseBytes: 5_000_000 };
    await expectCut(await play(text, fill, { settings }), text, "LK-3013");
  });
});

describe("a stream that came to its end", () => {
  test.each([
    ["with its end marker", finish + usage + event({}).replace("{}", "[DONE]"), ""],
    ["without its end marker", finish + usage, "data: [DONE]\n\n"],
    ["without the last empty line", `${finish.trimEnd()}\n`, "\ndata: [DONE]\n\n"],
    ["without the last line's end", finish.trimEnd(), "\n\ndata: [DONE]\n\n"],
    ["in CR LF", finish.replaceAll("\n", "\r\n"), "data: [DONE]\n\n"],
    ["with an end marker that lacks its line's end", `${finish}data: [DONE]`, ""],
  ])("%s is ended for the caller, too", async (_, end, added) => {
    const { text: got, gateway, response } = await play(end, ends);
    expect(got).toBe(end.replace(usage, "") + added);
    expect(await rowOf(gateway, response)).toMatchObject({ status: 200, errorCode: null, attempts: 1 });
  });

  test("was cut where the connection broke after the last words and before the end marker", async () => {
    await expectCut(await play(finish, closes), finish, "LK-3008");
    await expectCut(await play(finish + usage, closes), finish, "LK-3008");
  });

  test("lacks nothing where the connection broke after the end marker", async () => {
    const end = `${finish}data: [DONE]\n\n`;
    const { text: got, gateway, response } = await play(end, closes);
    expect(got).toBe(end);
    expect(await rowOf(gateway, response)).toMatchObject({ status: 200, errorCode: null });
  });

  test("does not repeat the gateway's own credentials in the upstream's error", async () => {
    const words = `quota of Bearer ${upstreamSecret} is used up: grüße`;
    const { text: got } = await play(Buffer.from(`data: {"error":{"message":"${words}"}}\n\n`), ends);
    expect(got).not.toContain(upstreamSecret);
    expect(got).toContain("is used up: grüße");
  });

  test("does not tell the upstream's own error twice, nor end as if it were whole", async () => {
    const inside = chatSample("error-inside.sse");
    for (const way of [ends, closes]) {
      const { text: got, gateway, response } = await play(inside, way);
      expect(got).toBe(Buffer.from(inside).toString());
      expect(await rowOf(gateway, response)).toMatchObject({
        status: 200,
        errorCode: expect.stringMatching(/^LK-30(08|12)$/),
      });
    }
  });
});

test("an event that is no JSON ends the stream with an error, in the row as well", async () => {
  const played = await play("data: {nope\n\n", ({ send }) => send(chunk(`${finish}data: [DONE]\n\n`)));
  expect(played.text).toContain('"code":"LK-3009"');
  expect(played.text).not.toContain("nope");
  expect(played.text).not.toContain("[DONE]");
  expect(await played.gateway.row()).toMatchObject({ errorCode: "LK-3009" });
});
