/** One request as the bench upstream needs it. */
export interface ReadRequest {
  /** Request line and headers. */
  readonly head: string;
  readonly body: Buffer;
}

/**
 * Cuts the bytes of one connection into requests. Knows `content-length` only: a chunked request is an error, which
 * shows that a contestant streams what it could have buffered.
 */
export class RequestReader {
  #rest: Buffer = Buffer.alloc(0);

  /**
   * Takes the next bytes and gives the requests that they complete.
   * @throws RangeError when a request has a chunked body
   */
  read(bytes: Buffer): ReadRequest[] {
    let rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const requests: ReadRequest[] = [];
    for (let request = cut(rest); request !== undefined; request = cut(rest)) {
      requests.push(request);
      rest = rest.subarray(request.head.length + HEAD_END.length + request.body.length);
    }
    this.#rest = rest.length === 0 ? rest : Buffer.from(rest);
    return requests;
  }
}

const HEAD_END = "\r\n\r\n";

function cut(bytes: Buffer): ReadRequest | undefined {
  const headLength = bytes.indexOf(HEAD_END);
  if (headLength === -1) return undefined;
  const head = bytes.toString("latin1", 0, headLength);
  if (/\r\ntransfer-encoding:/i.test(head))
    throw new RangeError("the bench upstream takes no chunked request");
  const bodyLength = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  const bodyStart = headLength + HEAD_END.length;
  if (bytes.length < bodyStart + bodyLength) return undefined;
  return { head, body: bytes.subarray(bodyStart, bodyStart + bodyLength) };
}
