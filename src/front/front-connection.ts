import type { Socket } from "bun";
import { type Reply, type Tunnel, tunnelOf } from "../http/exchange.ts";
import { SocketWriter } from "../http/socket-writer.ts";
import { LatchkeyError } from "../kernel/error.ts";
import { AheadBytes } from "./ahead-bytes.ts";
import type { BodyDeadlines } from "./body-deadlines.ts";
import type { ConnectionOwner } from "./connection-owner.ts";
import { NO_REQUEST, type SeenRequest } from "./front-handler.ts";
import { MAX_UNREAD_BYTES } from "./front-limits.ts";
import { FrontRequest, type RequestOwner } from "./front-request.ts";
import { HeadReader } from "./head-reader.ts";
import { Lingering } from "./lingering.ts";
import { Movement } from "./movement.ts";
import { ReadSwitch } from "./read-switch.ts";
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
  readonly #reading: ReadSwitch;
  #request: FrontRequest | undefined;
  /** What came after the request under way. */
  readonly #ahead = new AheadBytes();
  #stream: StreamedReply | undefined;
  /** What the connection has become with its last reply, if it has: then nothing is read as a request any more. */
  #tunnel: Tunnel | undefined;
  /** The reply is whole; it only has to leave. */
  #isReplied = false;
  #keepsOpen = true;
  /** Set once the last reply has left while the caller is still sending. */
  #lingering: Lingering | undefined;
  #isGone = false;
  readonly #movement = new Movement();

  constructor(socket: Socket<FrontConnection>, owner: ConnectionOwner) {
    this.#socket = socket;
    this.#owner = owner;
    this.#writer = new SocketWriter(owner.room);
    this.#reading = new ReadSwitch(socket);
  }

  get remoteAddress(): string {
    return this.#isGone ? "" : this.#socket.remoteAddress;
  }

  get deadlines(): BodyDeadlines {
    return this.#owner.deadlines;
  }

  /** Whether no request is under way and none has begun to come. */
  get isIdle(): boolean {
    if (this.#lingering !== undefined || !this.#ahead.isEmpty) return false;
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
      if (request.body.unread > MAX_UNREAD_BYTES) this.#reading.pause();
    }
    if (at < bytes.length) this.#keepAhead(at === 0 ? bytes : bytes.subarray(at));
  }

  onRead(): void {
    const request = this.#request;
    this.#reading.resume();
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
    this.#reading.end();
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
    } else if (this.#request === undefined) {
      if (this.#head.isEmpty && waited >= timing.idleMs) this.#end();
      if (!this.#head.isEmpty && waited >= timing.headMs)
        this.#refuse(new LatchkeyError("LK-2116"), NO_REQUEST);
    }
  }

  /** Between two requests. What is refused stays refused: nothing after it is read. */
  #takeNext(bytes: Uint8Array): void {
    if (this.#isReplied) return;
    if (!this.#ahead.isEmpty) this.#keepAhead(bytes);
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
    const reply = this.#owner.handler.handle(request);
    if (reply instanceof Promise) void reply.then(this.#onReply);
    else this.#onReply(reply);
  }

  /** Writes the reply to the request under way. One function for all requests of the connection. */
  readonly #onReply = (reply: Reply): void => {
    const request = this.#request;
    if (this.#isGone || request === undefined) {
      if (!(reply.body instanceof Uint8Array)) reply.body.leave();
      return;
    }
    request.onLeave = undefined;
    this.#keepsOpen &&= request.framing.isPersistent && request.body.isComplete && !this.#owner.isDraining;
    this.#send(request, reply);
  };

  #send(request: FrontRequest, reply: Reply): void {
    const { status, headers, body, length: announced } = reply;
    const isStream = !(body instanceof Uint8Array);
    const tunnel = isStream ? tunnelOf(reply) : undefined;
    if (tunnel !== undefined) return this.#become(tunnel, request, reply);
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

  /** What was sent ahead goes into the tunnel first. */
  #become(tunnel: Tunnel, request: FrontRequest, { status, headers }: Reply): void {
    const parts = { status, headers, dateLine: this.#owner.dateLine, keepsOpen: true, body: "none" } as const;
    this.#keepsOpen = false;
    this.#tunnel = tunnel;
    tunnel.onRoom = () => this.#reading.resume();
    this.#stream = new StreamedReply(tunnel, this, replyHead(request, parts), false);
    this.#stream.start();
    this.#reading.resume();
    if (!this.#ahead.isEmpty) this.#keepAhead(this.#ahead.take());
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
      const isWhole = request?.body.isComplete === true && this.#ahead.isEmpty;
      return isWhole && this.#tunnel === undefined ? this.#end() : this.#linger();
    }
    this.#reading.resume();
    if (!this.#ahead.isEmpty) queueMicrotask(this.#readAhead);
  }

  readonly #readAhead = (): void => {
    if (!this.#isGone && this.#request === undefined) this.#read(this.#ahead.take());
  };

  #keepAhead(bytes: Uint8Array): void {
    if (!(this.#tunnel?.take(bytes) ?? this.#ahead.keep(bytes))) this.#reading.pause();
  }

  #failBody(request: FrontRequest, thrown: unknown): void {
    request.body.fail(requestFault(thrown));
    // Nobody can tell where the next request would begin.
    this.#keepsOpen = false;
    this.#reading.pause();
  }

  /** Answers what is no request, and ends. */
  #refuse(error: LatchkeyError, seen: SeenRequest): void {
    this.#keepsOpen = false;
    const { head, body } = refusal(this.#owner.handler.refuse(error, seen), this.#owner.dateLine, seen);
    this.write(head, body, "");
    this.#complete();
  }

  #end(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#reading.end();
    this.#owner.onGone(this);
    this.#socket.end();
  }

  /** Closes the sending side and throws away what still comes, for a while; see `Lingering`. */
  #linger(): void {
    this.#lingering = new Lingering();
    this.#movement.note();
    this.#reading.resume();
    this.#socket.shutdown();
  }

  #throwAway(lingering: Lingering, length: number): void {
    this.#movement.note();
    if (!lingering.take(length)) this.destroy();
  }
}
