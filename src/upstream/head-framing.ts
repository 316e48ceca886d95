import { namesOption } from "../http/connection-options.ts";
import { HeaderBlock, hasName } from "../http/header-block.ts";
import type { HeaderSink } from "../http/header-lines.ts";
import { ProtocolError } from "../http/protocol-error.ts";

/** How the end of an answer is found and whether its connection may be used again. */
export interface ResponseFraming {
  /** `none`: there is no body. `close`: it ends with the connection. */
  readonly body: "none" | "length" | "chunked" | "close";
  /** Whether the upstream keeps the connection after this answer. */
  readonly isPersistent: boolean;
  /** How long the upstream says it keeps an unused connection, milliseconds. */
  readonly keepAliveMs: number | undefined;
}

/**
 * Gathers the headers that frame an answer (RFC 9112, 6.3 and 9.3). Two readers must not be able to find its end
 * in different places, so whatever is there twice or contradicts itself is refused.
 */
export class HeadFraming implements HeaderSink {
  readonly headers: HeaderBlock;
  /** The announced length of the body. */
  length: number | undefined;
  readonly #text: string;
  readonly #status: number;
  readonly #isOld: boolean;
  #isChunked = false;
  #saysClose = false;
  #saysKeepAlive = false;
  #keepAliveMs: number | undefined;

  /**
   * @param text the whole head, one character a byte
   * @param isOld whether the answer is in HTTP/1.0.
   */
  constructor(text: string, status: number, isOld: boolean) {
    this.headers = new HeaderBlock(text);
    this.#text = text;
    this.#status = status;
    this.#isOld = isOld;
  }

  /**
   * Takes a header into account.
   * @throws ProtocolError
   */
  header(nameStart: number, nameEnd: number, valueStart: number, valueEnd: number): void {
    this.headers.add(nameStart, nameEnd, valueStart, valueEnd);
    const text = this.#text;
    // Most names are told apart by their length alone.
    switch (nameEnd - nameStart) {
      case 14:
        if (hasName(text, nameStart, "content-length")) this.#noteLength(text.slice(valueStart, valueEnd));
        return;
      case 17:
        if (hasName(text, nameStart, "transfer-encoding")) this.#noteCoding(text.slice(valueStart, valueEnd));
        return;
      case 10:
        if (hasName(text, nameStart, "connection")) this.#noteConnection(text.slice(valueStart, valueEnd));
        else if (hasName(text, nameStart, "keep-alive"))
          this.#noteKeepAlive(text.slice(valueStart, valueEnd));
    }
  }

  /**
   * What all headers together say.
   * @throws ProtocolError
   */
  decide(): ResponseFraming {
    if (this.#isChunked && this.length !== undefined) {
      throw new ProtocolError("content-length and transfer-encoding occur together");
    }
    if (this.#isChunked && this.#isOld) throw new ProtocolError("an HTTP/1.0 answer has a transfer-encoding");
    const isPersistent = !this.#saysClose && (this.#saysKeepAlive || !this.#isOld);
    return { body: this.#body(), isPersistent, keepAliveMs: this.#keepAliveMs };
  }

  #body(): ResponseFraming["body"] {
    if (this.#status < 200) {
      if (this.#isChunked || this.length !== undefined)
        throw new ProtocolError("an interim answer has a body");
      return "none";
    }
    if (this.#status === 204 || this.#status === 304 || this.length === 0) return "none";
    if (this.#isChunked) return "chunked";
    return this.length === undefined ? "close" : "length";
  }

  #noteLength(value: string): void {
    if (this.length !== undefined) throw new ProtocolError("content-length occurs twice");
    // 15 digits are exact in a double and more than any answer has.
    if (!/^[0-9]{1,15}$/.test(value)) throw new ProtocolError("content-length is malformed");
    this.length = Number(value);
  }

  #noteCoding(value: string): void {
    if (this.#isChunked) throw new ProtocolError("transfer-encoding occurs twice");
    if (value.toLowerCase() !== "chunked") throw new ProtocolError("transfer-encoding is not chunked");
    this.#isChunked = true;
  }

  #noteConnection(value: string): void {
    if (namesOption(value, "close")) this.#saysClose = true;
    if (namesOption(value, "keep-alive")) this.#saysKeepAlive = true;
  }

  #noteKeepAlive(value: string): void {
    const seconds = /(?:^|[\s,;])timeout\s*=\s*"?([0-9]{1,6})/i.exec(value)?.[1];
    if (seconds !== undefined) this.#keepAliveMs = Number(seconds) * 1_000;
  }
}
