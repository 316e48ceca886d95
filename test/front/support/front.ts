import { connect, type Socket } from "node:net";
import type { FrontHandler, SeenRequest } from "../../../src/front/front-handler.ts";
import { FrontListener } from "../../../src/front/front-listener.ts";
import type { FrontTiming } from "../../../src/front/front-timing.ts";
import type { IncomingRequest, Reply } from "../../../src/http/exchange.ts";
import { type LatchkeyError, toLatchkeyError } from "../../../src/kernel/error.ts";
import { afterTest } from "../../support/after-test.ts";

/** A request as the handler saw it. */
export interface Served {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: readonly (readonly [string, string])[];
  /** As latin1. */
  readonly body: string;
}

/** A front and what has come to it. */
export interface Front {
  readonly listener: FrontListener;
  readonly served: Served[];
  readonly refused: { readonly error: LatchkeyError; readonly seen: SeenRequest }[];
}

type Handle = (request: IncomingRequest) => Reply | Promise<Reply>;

/** How a front of a test behaves. */
export interface FrontSetup {
  /** Instead of reading the body and saying what came. */
  readonly handle?: Handle;
  /** Instead of the error's code. */
  readonly refuse?: (error: LatchkeyError) => Reply;
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
  readonly timing?: Partial<FrontTiming>;
}

/** A reply with text. */
export function textReply(text: string, status = 200): Reply {
  return { status, headers: "content-type: text/plain\r\n", body: Buffer.from(text, "latin1") };
}

/** Starts a front that ends with the test. */
export function startFront(setup: FrontSetup = {}): Front {
  const served: Served[] = [];
  const refused: Front["refused"] = [];
  const limits = { maxBytes: setup.maxBytes ?? 1_000_000, timeoutMs: setup.timeoutMs ?? 60_000 };
  const say: Handle = async (request) => {
    try {
      const body = Buffer.from(await request.readBody(limits)).toString("latin1");
      const { method, path, query } = request;
      served.push({ method, path, query, headers: [...request.headers.entries()], body });
      return textReply(`${method} ${path} ${body}`);
    } catch (thrown) {
      const error = toLatchkeyError(thrown);
      return textReply(error.code, error.status);
    }
  };
  const handler: FrontHandler = {
    handle: setup.handle ?? say,
    refuse(error, seen) {
      refused.push({ error, seen });
      return setup.refuse?.(error) ?? textReply(error.code, error.status);
    },
  };
  const options = { hostname: "127.0.0.1", port: 0, ...(setup.timing && { timing: setup.timing }) };
  const listener = new FrontListener(options, handler);
  afterTest(() => listener.close());
  return { listener, served, refused };
}

/** One caller on a socket of its own. */
export class Caller {
  /** Everything that has come, as latin1. */
  received = "";
  /** Resolves with everything when the connection is over. */
  readonly closed: Promise<string>;
  readonly socket: Socket;
  /** What broke the connection, if anything did. */
  failure: Error | undefined;
  #wake: () => void = () => {};
  #isClosed = false;

  /** @param options `allowHalfOpen`: goes on sending when the other side has closed its own */
  constructor(
    { listener }: { readonly listener: { readonly port: number } },
    options: { readonly allowHalfOpen?: boolean } = {},
  ) {
    const { promise, resolve } = Promise.withResolvers<string>();
    this.closed = promise;
    this.socket = connect({ port: listener.port, host: "127.0.0.1", noDelay: true, ...options });
    this.socket.on("data", (piece) => {
      this.received += piece.toString("latin1");
      this.#wake();
    });
    this.socket.on("error", (error) => {
      this.failure = error;
    });
    this.socket.on("close", () => {
      this.#isClosed = true;
      resolve(this.received);
      this.#wake();
    });
    afterTest(() => this.socket.destroy());
  }

  /** Text is latin1. Resolves when the bytes are handed on. */
  send(bytes: string | Uint8Array): Promise<void> {
    const data = typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes;
    return new Promise((resolve) => this.socket.write(data, () => resolve()));
  }

  /** Waits until what came says so; rejects when the connection ends before. */
  async until(condition: (received: string) => boolean): Promise<string> {
    while (!condition(this.received)) {
      if (this.#isClosed) throw new Error(`closed after ${JSON.stringify(this.received)}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.received;
  }

  /** Waits for that many whole replies with a length. */
  async replies(count: number): Promise<readonly RawReply[]> {
    await this.until((received) => repliesIn(received).length >= count);
    return repliesIn(this.received);
  }
}

/** A reply as it came. */
export interface RawReply {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** The whole replies of announced length that bytes begin with. */
export function repliesIn(received: string): readonly RawReply[] {
  const replies: RawReply[] = [];
  for (let at = 0; ; ) {
    const end = received.indexOf("\r\n\r\n", at);
    if (end < 0) return replies;
    const head = received.slice(at, end + 2);
    const status = Number(head.slice(9, 12));
    const length = status === 100 ? 0 : Number(/\r\ncontent-length: (\d+)\r\n/.exec(head)?.[1] ?? 0);
    if (received.length < end + 4 + length) return replies;
    at = end + 4 + length;
    if (status !== 100) replies.push({ status, head, body: received.slice(end + 4, at) });
  }
}

/** Sends all and answers what came when the connection is over. */
export async function exchange(front: Pick<Front, "listener">, bytes: string | Uint8Array): Promise<string> {
  const caller = new Caller(front);
  await caller.send(bytes);
  return caller.closed;
}

/** Waits for something that no event tells of, turn by turn of the event loop. */
export async function turnsUntil(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
