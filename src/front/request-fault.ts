import { HeadTooLarge, ProtocolError } from "../http/protocol-error.ts";
import { LatchkeyError } from "../kernel/error.ts";

/** A header at fault. */
export class HeaderFault extends ProtocolError {
  override readonly name = "HeaderFault";

  /** @param header lower-case */
  constructor(
    readonly header: string,
    message: string,
  ) {
    super(message);
  }
}

/** A target that is no path. */
export class PathFault extends ProtocolError {
  override readonly name = "PathFault";
}

/** The error that a caller is told for a request that cannot be read. */
export function requestFault(thrown: unknown): LatchkeyError {
  if (thrown instanceof HeadTooLarge) return new LatchkeyError("LK-2115");
  if (thrown instanceof HeaderFault) {
    return new LatchkeyError("LK-2108", `The request is refused: ${thrown.message}.`, {
      param: thrown.header,
    });
  }
  if (thrown instanceof PathFault) return new LatchkeyError("LK-2107");
  if (thrown instanceof ProtocolError) {
    return new LatchkeyError("LK-2114", `The request is not valid HTTP/1.1: ${thrown.message}.`);
  }
  return new LatchkeyError("LK-5001", undefined, { cause: thrown });
}
