/** Bytes that are no answer of HTTP/1.1. The message says what is wrong with them, never what they hold. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}
