import type { Socket } from "bun";
import type { Reply } from "../http/exchange.ts";
import { SocketWriter } from "../http/socket-writer.ts";
import { LatchkeyError } from "../kernel/error.ts";
import type { BodyDeadlines } from "./body-deadlines.ts";
import type { ConnectionOwner } from "./connection-owner.ts";
import { NO_REQUEST, type SeenRequest } from "./front-handler.ts";
import { MAX_AHEAD_BYTES, MAX_UNREAD_BYTES } from "./front-limits.ts";
import { FrontRequest, type RequestOwner } from "./front-request.ts";
import type { FrontTiming } from "./front-timing.ts";
import { HeadReader } from "./head-reader.ts";
import { Lingering } from "./lingering.ts";
import { Movement } from "./movement.ts";
import { hasNoBody, refusal, replyHead } from "./reply-head.ts";
import { requestFault } from "./request-fault.ts";
import { StreamedReply, type StreamOutlet } from "./streamed-reply.ts";

const CONTINUE = Buffer.from("HTTP/1.1 100 Continue\r\n\r\n");
const NOTHING = new Uint8Array();

/**
 * One connection of a caller: reads its requests one after the other, has each answered, and writes the replies in
 * their order. Requests that are sent ahead wait, within bounds.
 */
export class FrontConnection implements RequestOwner, StreamOutlet {
  /** Place in the listener's list. */
  place = -1;
  readonly #socket: Socket<FrontConnection>;
  readonly #owner: ConnectionOwner;
  readonly #head = new HeadReader();
  readonly #writer: SocketWriter;
  #request: FrontRequest | undefined;
  /** What came after the request under way. */
  #ahead: Uint8Array = NOTHING;
  #stream: StreamedReply | undefined;
  /** The reply is whole; it only has to leave. */
  #isReplied = false;
  #keepsOpen = true;
  #isPaused = false;
  /** Set once the last reply has left while the caller is still sending. */
  #lingering: Lingering | undefined;
  #isGone = false;
  readonly #movement = new Movement();

  constructor(socket: Socket<FrontConnection>, owner: ConnectionOwner) {
    this.#socket = socket;
    this.#owner = owner;
    this.#writer = new SocketWriter(owner.room);
  }

  get remoteAddress(): string {
    return this.#isGone ? "" : this.#socket.remoteAddress;
  }

  get deadlines(): BodyDeadlines {
    return this.#owner.deadlines;
  }

  /** Whether no request is under way and none has begun to come. */
  get isIdle(): boolean {
    if (this.#lingering !== undefined || this.#ahead.length > 0) return false;
    return this.#request === undefined && this.#head.isEmpty && this.#writer.isDone;
  }

  onBytes(bytes: Uint8Array): void {
    if (this.#isGone) return;
    if (this.#lingering !== undefined) return this.#throwAway(this.#lingering, bytes.length);
    const request = this.#request;
    if (request === undefined) return this.#takeNext(bytes);
    let at = 0;
    if (!request.body.isComplete) {
      try {
        at = request.body.feed(bytes, 0);
      } catch (thrown) {
        return this.#failBody(request, thrown);
      }
      if (request.body.unread > MAX_UNREAD_BYTES) this.#setPaused(true);
    }
    if (at < bytes.length) this.#keepAhead(at === 0 ? bytes : bytes.subarray(at));
  }

  onRead(): void {
    const request = this.#request;
    this.#setPaused(false);
    if (request?.framing.expectsContinue === true && !this.#isGone) this.#socket.write(CONTINUE);
  }

  onDrain(): void {
    if (this.#isGone || this.#writer.isDone) return;
    this.#movement.note();
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
    const waited = this.#movement.waited(nowMs);
    const { timing } = this.#owner;
    if (this.#lingering !== undefined) {
      if (waited >= timing.lingerMs || this.#lingering.lasted(nowMs) >= timing.maxLingerMs) this.destroy();
    } else if (!this.#writer.isDone) {
      if (waited >= timing.stalledMs) this.destroy();
    } else if (this.#request === undefined) this.#sweepIdle(waited, timing);
  }

  #sweepIdle(waited: number, timing: FrontTiming): void {
    if (this.#head.isEmpty) {
      if (waited >= timing.idleMs) this.#end();
    } else if (waited >= timing.headMs) this.#refuse(new LatchkeyError("LK-2116"), NO_REQUEST);
  }

  /** Between two requests. What is refused stays refused: nothing after it is read. */
  #takeNext(bytes: Uint8Array): void {
    if (this.#isReplied) return;
    if (this.#ahead.length > 0) this.#keepAhead(bytes);
    else this.#read(bytes);
  }

  /** Reads the head of the next request out of what came. */
  #read(bytes: Uint8Array): void {
    let seen = NO_REQUEST;
    let request: FrontRequest;
    try {
      const head = this.#head.read(bytes);
      if (this.#head.hasBegun) this.#movement.note();
      if (head === undefined) return;
      seen = head;
      request = new FrontRequest(head, this);
      let at = this.#head.end;
      if (!request.body.isComplete) at = request.body.feed(bytes, at);
      if (at < bytes.length) this.#keepAhead(bytes.subarray(at));
    } catch (thrown) {
      return this.#refuse(requestFault(thrown), seen);
    }
    this.#request = request;
    this.#answer(request);
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

  #send(request: FrontRequest, { status, headers, body, length: announced }: Reply): void {
    const isStream = !(body instanceof Uint8Array);
    if (isStream && request.isOld) this.#keepsOpen = false;
    const isBodiless = hasNoBody(status);
    const length = isBodiless ? "none" : isStream ? (announced ?? "stream") : body.length;
    const { dateLine } = this.#owner;
    const head = replyHead(request, { status, headers, dateLine, keepsOpen: this.#keepsOpen, body: length });
    const isSilent = isBodiless || request.method === "HEAD";
    if (isStream && !isSilent) {
      this.#stream = new StreamedReply(body, this, head, length === "stream" && !request.isOld);
      return this.#stream.start();
    }
    if (isStream) body.leave();
    this.write(head, isStream || isSilent ? NOTHING : body, "");
    this.#complete();
  }

  /** The streamed reply is whole. */
  onStreamEnd(): void {
    this.#stream = undefined;
    this.#complete();
  }

  /** Writes text, bytes and text. Answers whether everything has left. */
  write(before: string, bytes: Uint8Array, after: string): boolean {
    if (this.#isGone) return false;
    this.#movement.note();
    // The event that tells of the closed socket is on its way, or was before there was a request.
    if (!this.#writer.write(this.#socket, "", before, bytes, after)) queueMicrotask(() => this.onClosed());
    return this.#writer.isDone;
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
    this.#movement.note();
    if (this.#isGone) return;
    if (!this.#keepsOpen || this.#owner.isDraining) {
      const isWhole = request?.body.isComplete === true && this.#ahead.length === 0;
      return isWhole ? this.#end() : this.#linger();
    }
    this.#setPaused(false);
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
    if (this.#ahead.length > MAX_AHEAD_BYTES) this.#setPaused(true);
  }

  #failBody(request: FrontRequest, thrown: unknown): void {
    request.body.fail(requestFault(thrown));
    // Nobody can tell where the next request would begin.
    this.#keepsOpen = false;
    this.#setPaused(true);
  }

  /** Answers what is no request, and ends. */
  #refuse(error: LatchkeyError, seen: SeenRequest): void {
    this.#keepsOpen = false;
    const { head, body } = refusal(this.#owner.handler.refuse(error, seen), this.#owner.dateLine, seen);
    this.write(head, body, "");
    this.#complete();
  }

  #setPaused(isPaused: boolean): void {
    if (this.#isPaused === isPaused || this.#isGone) return;
    this.#isPaused = isPaused;
    if (isPaused) this.#socket.pause();
    else this.#socket.resume();
  }

  #end(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#owner.onGone(this);
    this.#socket.end();
  }

  /** Closes the sending side and throws away what still comes, for a while; see `Lingering`. */
  #linger(): void {
    this.#lingering = new Lingering();
    this.#movement.note();
    this.#setPaused(false);
    this.#socket.shutdown();
  }

  #throwAway(lingering: Lingering, length: number): void {
    this.#movement.note();
    if (!lingering.take(length)) this.destroy();
  }
}
