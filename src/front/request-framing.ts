import { namesOption } from "../http/connection-options.ts";
import { HeaderBlock, hasName } from "../http/header-block.ts";
import type { HeaderSink } from "../http/header-lines.ts";
import { ProtocolError } from "../http/protocol-error.ts";
import { HeaderFault } from "./request-fault.ts";

/** How the end of a request is found and whether its connection may be used again. */
export interface RequestFraming {
  readonly body: "none" | "length" | "chunked";
  /** Bytes of a body of announced length. */
  readonly length: number;
  /** Where that length stands in the head, in digits; absent where none is announced. */
  readonly lengthPlace: { readonly start: number; readonly end: number } | undefined;
  readonly isPersistent: boolean;
  /** Whether the caller waits to be told before it sends the body. */
  readonly expectsContinue: boolean;
}

/** More headers than any client sends. */
const MAX_HEADERS = 200;

/** A host and perhaps a port (RFC 9110, 7.2; RFC 3986, 3.2.2). */
const HOST = /^(?:[\w\-.~%!$&'()*+,;=]*|\[[\da-fA-F:.]+\])(?::\d{0,5})?$/;

/**
 * Gathers the headers that frame a request (RFC 9112, 6.3 and 9.3). Two readers must not be able to find its end in
 * different places, so whatever is there twice or contradicts itself is refused.
 */
export class RequestFramer implements HeaderSink {
  readonly headers: HeaderBlock;
  readonly #text: string;
  #length: number | undefined;
  #lengthPlace: { readonly start: number; readonly end: number } | undefined;
  #isChunked = false;
  #saysClose = false;
  #saysKeepAlive = false;
  #expectsContinue = false;
  #hasHost = false;
  #hasType = false;

  /** @param text the whole head, one character a byte */
  constructor(text: string) {
    this.headers = new HeaderBlock(text);
    this.#text = text;
  }

  /** @throws ProtocolError */
  header(nameStart: number, nameEnd: number, valueStart: number, valueEnd: number): void {
    this.headers.add(nameStart, nameEnd, valueStart, valueEnd);
    const text = this.#text;
    // Most names are told apart by their length alone.
    switch (nameEnd - nameStart) {
      case 4:
        if (hasName(text, nameStart, "host")) this.#noteHost(text.slice(valueStart, valueEnd));
        return;
      case 6:
        if (hasName(text, nameStart, "expect")) this.#noteExpectation(text.slice(valueStart, valueEnd));
        return;
      case 10:
        if (hasName(text, nameStart, "connection")) this.#noteConnection(text.slice(valueStart, valueEnd));
        return;
      case 12:
        if (hasName(text, nameStart, "content-type")) this.#noteType();
        return;
      case 14:
        if (hasName(text, nameStart, "content-length")) {
          this.#noteLength(text.slice(valueStart, valueEnd));
          this.#lengthPlace = { start: valueStart, end: valueEnd };
        }
        return;
      case 17:
        if (hasName(text, nameStart, "transfer-encoding")) this.#noteCoding(text.slice(valueStart, valueEnd));
    }
  }

  /**
   * What all headers together say.
   * @param isOld whether the request is in HTTP/1.0
   * @throws ProtocolError
   */
  decide(isOld: boolean): RequestFraming {
    if (this.headers.count > MAX_HEADERS) throw new ProtocolError("it has too many headers");
    if (this.#isChunked && this.#length !== undefined)
      throw new HeaderFault("transfer-encoding", "content-length and transfer-encoding occur together");
    if (this.#isChunked && isOld)
      throw new HeaderFault("transfer-encoding", "HTTP/1.0 has no transfer-encoding");
    if (!this.#hasHost && !isOld) throw new HeaderFault("host", "the Host header is missing");
    const length = this.#length ?? 0;
    return {
      body: this.#isChunked ? "chunked" : length > 0 ? "length" : "none",
      length,
      lengthPlace: this.#lengthPlace,
      isPersistent: !this.#saysClose && (this.#saysKeepAlive || !isOld),
      expectsContinue: this.#expectsContinue && !isOld,
    };
  }

  #noteHost(value: string): void {
    if (this.#hasHost) throw new HeaderFault("host", "the Host header occurs twice");
    if (!HOST.test(value)) throw new HeaderFault("host", "the Host header is malformed");
    this.#hasHost = true;
  }

  #noteType(): void {
    if (this.#hasType) throw new HeaderFault("content-type", "content-type occurs twice");
    this.#hasType = true;
  }

  #noteExpectation(value: string): void {
    if (value.toLowerCase() !== "100-continue")
      throw new HeaderFault("expect", "nothing but 100-continue can be expected");
    this.#expectsContinue = true;
  }

  #noteLength(value: string): void {
    if (this.#length !== undefined) throw new HeaderFault("content-length", "content-length occurs twice");
    // 15 digits are exact in a double and more than any request has.
    if (!/^[0-9]{1,15}$/.test(value)) throw new HeaderFault("content-length", "content-length is malformed");
    this.#length = Number(value);
  }

  #noteCoding(value: string): void {
    if (this.#isChunked) throw new HeaderFault("transfer-encoding", "transfer-encoding occurs twice");
    if (value.toLowerCase() !== "chunked")
      throw new HeaderFault("transfer-encoding", "transfer-encoding is not chunked");
    this.#isChunked = true;
  }

  #noteConnection(value: string): void {
    if (namesOption(value, "close")) this.#saysClose = true;
    if (namesOption(value, "keep-alive")) this.#saysKeepAlive = true;
  }
}
