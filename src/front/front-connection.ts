import type { Socket } from "bun";
import type { IncomingRequest, Reply, ReplyProducer, ReplySink } from "../http/exchange.ts";
import { HeadBuffer, requestLineStart } from "../http/head-buffer.ts";
import { HeadTooLarge } from "../http/protocol-error.ts";
import { indexOfText } from "../kernel/bytes.ts";
import { LatchkeyError } from "../kernel/error.ts";
import type { BodyDeadlines } from "./body-deadlines.ts";
import { FrontRequest, type RequestOwner } from "./front-request.ts";
import { requestFault } from "./request-fault.ts";
import { parseRequestHead } from "./request-head.ts";
import { SocketWriter } from "./socket-writer.ts";
import { statusLine } from "./status-line.ts";

/** What answers requests. Neither function throws, and the promise never rejects. */
export interface FrontHandler {
  readonly handle: (request: IncomingRequest) => Reply | Promise<Reply>;
  /** The reply to what could not be read as a request. */
  readonly refuse: (error: LatchkeyError, seen: SeenRequest) => Reply;
}

/** What is known of a request that could not be read. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
}

/** What a connection needs of its listener. */
export interface ConnectionOwner {
  readonly handler: FrontHandler;
  readonly deadlines: BodyDeadlines;
  /** Whether connections end with the request that they are at. */
  readonly isDraining: boolean;
  /** The `date` header line of this second. */
  readonly dateLine: string;
  readonly onGone: (connection: FrontConnection) => void;
}

/** Largest head of a request, bytes. */
const MAX_HEAD_BYTES = 32 * 1024;
/** Bytes of the next requests that are taken in while one is under way. */
const MAX_AHEAD_BYTES = 64 * 1024;
/** Bytes of a body that are taken in before anybody asks for it. */
const MAX_UNREAD_BYTES = 256 * 1024;
/** Bytes that are thrown away after a reply that came before its request was whole. */
const MAX_LINGER_BYTES = 4 * 1024 * 1024;

/** Milliseconds after which a connection without a request is closed. */
const IDLE_MS = 120_000;
/** Milliseconds within which a head has to come. */
const HEAD_MS = 30_000;
/** Milliseconds within which a caller has to take some of what is sent to it. */
const STALLED_MS = 120_000;
/** Milliseconds for which a caller that is still sending is listened to after its reply. */
const LINGER_MS = 2_000;

const HEAD_END = "\r\n\r\n";
const CONTINUE = Buffer.from("HTTP/1.1 100 Continue\r\n\r\n");
const NOTHING = new Uint8Array();
const CR = 0x0d;
const LF = 0x0a;

const UNKNOWN: SeenRequest = { method: "", path: "" };

/**
 * One connection of a caller: reads its requests one after the other, has each answered, and writes the replies in
 * their order. Requests that are sent ahead wait, within bounds.
 */
export class FrontConnection implements RequestOwner {
  /** Place in the listener's list. */
  place = -1;
  readonly #socket: Socket<FrontConnection>;
  readonly #owner: ConnectionOwner;
  readonly #head = new HeadBuffer(MAX_HEAD_BYTES, requestLineStart);
  readonly #writer = new SocketWriter();
  #request: FrontRequest | undefined;
  /** What came after the request under way. */
  #ahead: Uint8Array = NOTHING;
  #stream: StreamedReply | undefined;
  /** The reply is whole; it only has to leave. */
  #isReplied = false;
  #keepsOpen = true;
  #isPaused = false;
  #isLingering = false;
  #lingered = 0;
  #isGone = false;
  /** Whether something has moved since the listener looked last. */
  #hasMoved = true;
  #movedAt = 0;

  constructor(socket: Socket<FrontConnection>, owner: ConnectionOwner) {
    this.#socket = socket;
    this.#owner = owner;
  }

  get remoteAddress(): string {
    return this.#isGone ? "" : this.#socket.remoteAddress;
  }

  get deadlines(): BodyDeadlines {
    return this.#owner.deadlines;
  }

  /** Whether no request is under way and none has begun to come. */
  get isIdle(): boolean {
    return this.#request === undefined && this.#head.isEmpty && this.#writer.isDone;
  }

  onBytes(bytes: Uint8Array): void {
    this.#hasMoved = true;
    if (this.#isLingering) return this.#throwAway(bytes.length);
    const request = this.#request;
    if (request === undefined) return this.#read(bytes);
    let at = 0;
    if (!request.body.isComplete) {
      try {
        at = request.body.feed(bytes, 0);
      } catch (thrown) {
        return this.#failBody(request, thrown);
      }
      if (request.body.unread > MAX_UNREAD_BYTES) this.#pause();
    }
    if (at < bytes.length) this.#keepAhead(at === 0 ? bytes : bytes.subarray(at));
  }

  onRead(): void {
    const request = this.#request;
    this.#resume();
    if (request?.framing.expectsContinue === true && !this.#isGone) this.#socket.write(CONTINUE);
  }

  onDrain(): void {
    if (this.#isGone || this.#writer.isDone) return;
    this.#hasMoved = true;
    if (!this.#writer.writeRest(this.#socket)) return this.onClosed();
    if (!this.#writer.isDone) return;
    if (this.#isReplied) this.#finish();
    else this.#stream?.resume();
  }

  /** The caller has closed its side: whoever waits for a reply does not do that. */
  onEnd(): void {
    if (this.#request === undefined) this.#end();
    else this.onClosed();
  }

  /** The connection is broken or closed. */
  onClosed(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#socket.terminate();
    this.#owner.onGone(this);
    const request = this.#request;
    const stream = this.#stream;
    this.#stream = undefined;
    if (request === undefined || this.#isReplied) return;
    request.hasLeft = true;
    request.body.fail(new LatchkeyError("LK-2301"));
    if (stream !== undefined) stream.leave();
    else request.onLeave?.();
  }

  /** Ends a connection without a request; any other ends with its reply. */
  drain(): void {
    if (this.isIdle) this.#end();
  }

  /** Cuts the connection. */
  destroy(): void {
    this.onClosed();
  }

  /** Ends what has taken too long. Called every second or so. */
  sweep(nowMs: number): void {
    if (this.#hasMoved) {
      this.#hasMoved = false;
      this.#movedAt = nowMs;
      return;
    }
    const waited = nowMs - this.#movedAt;
    if (this.#isLingering) {
      if (waited >= LINGER_MS) this.destroy();
    } else if (!this.#writer.isDone) {
      if (waited >= STALLED_MS) this.destroy();
    } else if (this.#request === undefined) {
      if (!this.#head.isEmpty) {
        if (waited >= HEAD_MS) this.#refuse(new LatchkeyError("LK-2116"), UNKNOWN);
      } else if (waited >= IDLE_MS) this.#end();
    }
  }

  /** Reads the head of the next request out of what came. */
  #read(bytes: Uint8Array): void {
    let at = 0;
    let seen = UNKNOWN;
    try {
      let head = bytes;
      let start = 0;
      let end = -1;
      if (this.#head.isEmpty) {
        // Empty lines before a request are ignored (RFC 9112, 2.2).
        while (bytes[at] === CR || bytes[at] === LF) at++;
        if (at === bytes.length) return;
        end = indexOfText(bytes, HEAD_END, at);
        start = at;
        if (end >= 0) {
          if (end - at > MAX_HEAD_BYTES) throw new HeadTooLarge();
          at = end + HEAD_END.length;
        }
      }
      if (end < 0) {
        at = this.#head.fill(bytes, at);
        if (!this.#head.isWhole) return;
        head = this.#head.take();
        start = 0;
        end = head.length - HEAD_END.length;
      }
      const parsed = parseRequestHead(head, start, end);
      seen = parsed;
      const request = new FrontRequest(parsed, this);
      if (!request.body.isComplete) at = request.body.feed(bytes, at);
      if (at < bytes.length) this.#keepAhead(bytes.subarray(at));
      this.#request = request;
    } catch (thrown) {
      return this.#refuse(requestFault(thrown), seen);
    }
    this.#answer(this.#request);
  }

  #answer(request: FrontRequest): void {
    const reply = this.#owner.handler.handle(request);
    if (reply instanceof Promise) void reply.then(this.#onReply);
    else this.#onReply(reply);
  }

  /** Writes the reply to the request under way. One function for all requests of the connection. */
  readonly #onReply = (reply: Reply): void => {
    const request = this.#request;
    const { body } = reply;
    if (this.#isGone || request === undefined) {
      if (!(body instanceof Uint8Array)) body.leave();
      return;
    }
    request.onLeave = undefined;
    this.#keepsOpen &&= request.framing.isPersistent && request.body.isComplete && !this.#owner.isDraining;
    this.#send(request, reply);
  };

  #send(request: FrontRequest, { status, headers, body }: Reply): void {
    let head = statusLine(status) + this.#owner.dateLine + headers;
    if (!this.#keepsOpen) head += "connection: close\r\n";
    else if (request.isOld) head += "connection: keep-alive\r\n";
    const hasNoBody = status === 204 || status === 304;
    if (!(body instanceof Uint8Array) && (request.method === "HEAD" || hasNoBody)) {
      body.leave();
      this.#write(`${head}\r\n`, NOTHING, "");
      return this.#complete();
    }
    if (body instanceof Uint8Array) {
      head += hasNoBody ? "\r\n" : `content-length: ${body.length}\r\n\r\n`;
      const sent = request.method === "HEAD" || hasNoBody ? NOTHING : body;
      this.#write(head, sent, "");
      return this.#complete();
    }
    if (request.isOld && this.#keepsOpen) {
      this.#keepsOpen = false;
      head = head.replace("connection: keep-alive\r\n", "connection: close\r\n");
    }
    head += request.isOld ? "\r\n" : "transfer-encoding: chunked\r\n\r\n";
    this.#stream = new StreamedReply(body, this, head, !request.isOld);
    this.#stream.start();
  }

  /** Writes bytes on behalf of a streamed reply. Answers whether they have all left. */
  write(before: string, bytes: Uint8Array, after: string): boolean {
    this.#write(before, bytes, after);
    return this.#writer.isDone;
  }

  /** The streamed reply is whole. */
  onStreamEnd(): void {
    this.#stream = undefined;
    this.#complete();
  }

  #write(before: string, bytes: Uint8Array, after: string): void {
    if (this.#isGone) return;
    this.#hasMoved = true;
    // The event that tells of the closed socket is on its way, or was before there was a request.
    if (!this.#writer.write(this.#socket, before, bytes, after)) queueMicrotask(() => this.onClosed());
  }

  #complete(): void {
    this.#isReplied = true;
    if (this.#writer.isDone) this.#finish();
  }

  /** The reply has left: goes on with what was sent ahead, or waits. */
  #finish(): void {
    const request = this.#request;
    this.#request = undefined;
    this.#isReplied = false;
    if (this.#isGone) return;
    if (!this.#keepsOpen || this.#owner.isDraining) {
      const isWhole = request?.body.isComplete !== false && this.#ahead.length === 0;
      return isWhole ? this.#end() : this.#linger();
    }
    this.#resume();
    if (this.#ahead.length > 0) queueMicrotask(() => this.#readAhead());
  }

  #readAhead(): void {
    if (this.#isGone || this.#request !== undefined) return;
    const bytes = this.#ahead;
    this.#ahead = NOTHING;
    this.#read(bytes);
  }

  #keepAhead(bytes: Uint8Array): void {
    this.#ahead = this.#ahead.length === 0 ? bytes : Buffer.concat([this.#ahead, bytes]);
    if (this.#ahead.length > MAX_AHEAD_BYTES) this.#pause();
  }

  #failBody(request: FrontRequest, thrown: unknown): void {
    request.body.fail(requestFault(thrown));
    // Nobody can tell where the next request would begin.
    this.#keepsOpen = false;
    this.#pause();
  }

  /** Answers what is no request, and ends. */
  #refuse(error: LatchkeyError, seen: SeenRequest): void {
    const { status, headers, body } = this.#owner.handler.refuse(error, seen);
    this.#keepsOpen = false;
    const sent = body instanceof Uint8Array ? body : NOTHING;
    const head = `${statusLine(status)}${this.#owner.dateLine}${headers}connection: close\r\n`;
    this.#write(`${head}content-length: ${sent.length}\r\n\r\n`, sent, "");
    this.#linger();
  }

  #pause(): void {
    if (this.#isPaused || this.#isGone) return;
    this.#isPaused = true;
    this.#socket.pause();
  }

  #resume(): void {
    if (!this.#isPaused || this.#isGone) return;
    this.#isPaused = false;
    this.#socket.resume();
  }

  #end(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#owner.onGone(this);
    this.#socket.end();
  }

  /**
   * Closes the sending side and throws away what still comes, for a while: a connection that is closed with unread
   * bytes is reset, and the caller might never see its reply (RFC 9112, 9.6).
   */
  #linger(): void {
    if (this.#isGone) return;
    this.#isLingering = true;
    this.#hasMoved = true;
    this.#resume();
    this.#socket.shutdown();
  }

  #throwAway(length: number): void {
    this.#lingered += length;
    if (this.#lingered > MAX_LINGER_BYTES) this.destroy();
  }
}

/** Pieces are gathered up to this size before they leave by themselves. */
const GATHERED_BYTES = 16 * 1024;

/** A reply that is made piece by piece. */
class StreamedReply implements ReplySink {
  readonly #producer: ReplyProducer;
  readonly #connection: FrontConnection;
  readonly #isChunked: boolean;
  /** What has to leave before the next piece. */
  #before: string;
  #pieces: Uint8Array[] = [];
  #gathered = 0;
  #isPaused = false;
  #isOver = false;

  constructor(producer: ReplyProducer, connection: FrontConnection, head: string, isChunked: boolean) {
    this.#producer = producer;
    this.#connection = connection;
    this.#before = head;
    this.#isChunked = isChunked;
  }

  start(): void {
    this.#producer.start(this);
    if (!this.#isOver) this.flush();
  }

  write(bytes: Uint8Array): void {
    if (this.#isOver || bytes.length === 0) return;
    this.#pieces.push(bytes);
    this.#gathered += bytes.length;
    if (this.#gathered >= GATHERED_BYTES) this.flush();
  }

  flush(): void {
    if (!this.#isOver) this.#send("");
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#send(this.#isChunked ? "0\r\n\r\n" : "");
    this.#connection.onStreamEnd();
  }

  fail(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#connection.destroy();
  }

  resume(): void {
    if (!this.#isPaused || this.#isOver) return;
    this.#isPaused = false;
    this.#producer.resume();
  }

  leave(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#producer.leave();
  }

  #send(last: string): void {
    const [first] = this.#pieces;
    const bytes =
      first === undefined ? NOTHING : this.#pieces.length === 1 ? first : Buffer.concat(this.#pieces);
    let before = this.#before;
    let after = last;
    if (bytes.length > 0) {
      this.#pieces = [];
      this.#gathered = 0;
      if (this.#isChunked) {
        before += `${bytes.length.toString(16)}\r\n`;
        after = `\r\n${last}`;
      }
    }
    if (before === "" && bytes.length === 0 && after === "") return;
    this.#before = "";
    const isOut = this.#connection.write(before, bytes, after);
    if (isOut || this.#isPaused || this.#isOver) return;
    this.#isPaused = true;
    this.#producer.pause();
  }
}
