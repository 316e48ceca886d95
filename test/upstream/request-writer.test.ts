import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type ByteTaker, JOINED_BYTES, JoinRoom, SocketWriter } from "../../src/http/socket-writer.ts";
import { writeRequest } from "../../src/upstream/request-writer.ts";
import type { UpstreamCall } from "../../src/upstream/upstream.ts";
import { PATIENT, RecordedCall } from "./support/call.ts";

/** A socket that takes as many bytes at a time as it is told, then all. */
class Taker implements ByteTaker {
  readonly writes: Buffer[] = [];
  readonly #room: number[];

  constructor(...room: number[]) {
    this.#room = room;
  }

  get text(): string {
    return Buffer.concat(this.writes).toString("latin1");
  }

  write = (bytes: Uint8Array, offset = 0, length = bytes.length - offset): number => {
    const taken = Math.min(length, this.#room.shift() ?? length);
    if (taken > 0) this.writes.push(Buffer.from(bytes.subarray(offset, offset + taken)));
    return taken;
  };
}

const HEAD = "POST / HTTP/1.1\r\nhost: a\r\n";
const room = new JoinRoom();
const request = (body: string | Uint8Array, head = HEAD): UpstreamCall => ({
  head,
  body: Buffer.from(body),
  timeouts: PATIENT,
  receiver: new RecordedCall({}),
});

describe("a request", () => {
  test("leaves in one write, with its length and the empty line", () => {
    const taker = new Taker();
    const writer = new SocketWriter(room);
    expect(writeRequest(writer, taker, request("hello"))).toBe(true);
    expect(writer.isDone).toBe(true);
    expect(taker.writes).toHaveLength(1);
    expect(taker.text).toBe(`${HEAD}content-length: 5\r\n\r\nhello`);
  });

  test.each([
    ["POST", "content-length: 0\r\n\r\n"],
    ["PUT", "content-length: 0\r\n\r\n"],
    ["PATCH", "content-length: 0\r\n\r\n"],
    ["GET", "\r\n"],
    ["HEAD", "\r\n"],
    ["DELETE", "\r\n"],
    ["OPTIONS", "\r\n"],
  ])("%s without a body ends its head with %j", (method, end) => {
    const head = `${method} / HTTP/1.1\r\nhost: a\r\n`;
    const taker = new Taker();
    writeRequest(new SocketWriter(room), taker, request("", head));
    expect(taker.text).toBe(head + end);
  });

  test("with a body has a length whatever its method", () => {
    const taker = new Taker();
    writeRequest(new SocketWriter(room), taker, request("a", "DELETE / HTTP/1.1\r\nhost: a\r\n"));
    expect(taker.text).toEndWith("content-length: 1\r\n\r\na");
  });

  test("is written in latin1", () => {
    const taker = new Taker();
    writeRequest(new SocketWriter(room), taker, request("", `${HEAD}x-name: J\xfcrgen\r\n`));
    expect(taker.text).toContain("x-name: J\xfcrgen\r\n");
  });

  test("keeps its own head, whatever head stood in the room before", () => {
    const heads = [HEAD, "POST /other HTTP/1.1\r\nhost: b\r\n", HEAD, HEAD];
    const taker = new Taker();
    for (const head of heads) writeRequest(new SocketWriter(room), taker, request("a", head));
    expect(taker.text).toBe(heads.map((head) => `${head}content-length: 1\r\n\r\na`).join(""));
  });

  test("of exactly the shared room leaves in one write, a larger one in two", () => {
    const framed = `${HEAD}content-length: 65536\r\n\r\n`.length;
    for (const [size, writes] of [
      [JOINED_BYTES - framed, 1],
      [JOINED_BYTES - framed + 1, 2],
    ] as const) {
      const taker = new Taker();
      const writer = new SocketWriter(room);
      writeRequest(writer, taker, request("x".repeat(size)));
      expect(writer.isDone).toBe(true);
      expect(taker.writes).toHaveLength(writes);
      expect(taker.text).toBe(`${HEAD}content-length: ${size}\r\n\r\n${"x".repeat(size)}`);
    }
  });

  test("that did not fit is safe from the next one in the same room", () => {
    const slow = new Taker(10, 0);
    const slowWriter = new SocketWriter(room);
    expect(writeRequest(slowWriter, slow, request("first"))).toBe(true);
    expect(slowWriter.isDone).toBe(false);
    writeRequest(new SocketWriter(room), new Taker(), request("second, which is longer"));
    expect(slowWriter.writeRest(slow)).toBe(true);
    expect(slowWriter.isDone).toBe(false);
    expect(slowWriter.writeRest(slow)).toBe(true);
    expect(slowWriter.isDone).toBe(true);
    expect(slow.text).toBe(`${HEAD}content-length: 5\r\n\r\nfirst`);
  });

  test("to a closed socket says so", () => {
    for (const body of ["small", "x".repeat(JOINED_BYTES)]) {
      const writer = new SocketWriter(room);
      expect(writeRequest(writer, new Taker(-1), request(body))).toBe(false);
      expect(writer.isDone).toBe(false);
    }
    const writer = new SocketWriter(room);
    expect(writeRequest(writer, new Taker(3), request("small"))).toBe(true);
    expect(writer.writeRest(new Taker(-1))).toBe(false);
  });

  test("arrives whole, however little the socket takes at a time", () => {
    const property = fc.property(
      fc.uint8Array({ minLength: 0, maxLength: 500 }),
      fc.boolean(),
      fc.array(fc.nat(200), { maxLength: 20 }),
      (part, isLarge, portions) => {
        const body = isLarge
          ? Buffer.concat(Array(200).fill(Buffer.concat([part, Buffer.alloc(400)])))
          : part;
        const taker = new Taker(...portions);
        const writer = new SocketWriter(room);
        writeRequest(writer, taker, request(body));
        for (let turn = 0; turn < 25 && !writer.isDone; turn++) {
          room.bytes.fill(0);
          room.head = "";
          writer.writeRest(taker);
        }
        const framed = `${HEAD}content-length: ${body.length}\r\n\r\n`;
        expect(Buffer.concat(taker.writes).equals(Buffer.concat([Buffer.from(framed), body]))).toBe(true);
      },
    );
    fc.assert(property, { numRuns: 60 });
  });
});
