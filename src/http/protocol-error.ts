/** Bytes that are no message of HTTP/1.1. The words say what is wrong with them, never what they hold. */
export class ProtocolError extends Error {
  override readonly name: string = "ProtocolError";
}

/** A head that is larger than the bound. */
export class HeadTooLarge extends ProtocolError {
  override readonly name = "HeadTooLarge";

  constructor() {
    super("the head is too large");
  }
}
