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
  /** All headers in order of arrival; a repeated name has an entry each. */
  readonly headers: (readonly [name: string, value: string])[] = [];
  /** The announced length of the body. */
  length: number | undefined;
  readonly #status: number;
  readonly #isOld: boolean;
  #isChunked = false;
  #saysClose = false;
  #saysKeepAlive = false;
  #keepAliveMs: number | undefined;

  /** @param isOld whether the answer is in HTTP/1.0. */
  constructor(status: number, isOld: boolean) {
    this.#status = status;
    this.#isOld = isOld;
  }

  /**
   * Takes a header into account.
   * @throws ProtocolError
   */
  header(name: string, value: string): void {
    this.headers.push([name, value]);
    // Most names are told apart by their length alone.
    if (name.length === 14 && name === "content-length") this.#noteLength(value);
    else if (name.length === 17 && name === "transfer-encoding") this.#noteCoding(value);
    else if (name.length === 10) {
      if (name === "connection") this.#noteConnection(value);
      else if (name === "keep-alive") this.#noteKeepAlive(value);
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
    for (const option of value.toLowerCase().split(",")) {
      const trimmed = option.trim();
      if (trimmed === "close") this.#saysClose = true;
      else if (trimmed === "keep-alive") this.#saysKeepAlive = true;
    }
  }

  #noteKeepAlive(value: string): void {
    const seconds = /(?:^|[\s,;])timeout\s*=\s*"?([0-9]{1,6})/i.exec(value)?.[1];
    if (seconds !== undefined) this.#keepAliveMs = Number(seconds) * 1_000;
  }
}
