/** A header of an answer, its name in lower case. */
export type HeaderPair = readonly [name: string, value: string];

/** Bytes of an answer and how long to wait before they are sent. */
export interface AnswerPiece {
  readonly bytes: Uint8Array;
  readonly delayMs: number;
}

/** How an answer ends: as it should, broken off, or not at all. */
export type AnswerEnding = "complete" | "cut" | "stall";

/** An answer that is ready to be sent. */
export interface DemoAnswer {
  readonly status: number;
  readonly headers: readonly HeaderPair[];
  readonly contentLength: number | undefined;
  /** Read once, piece by piece, as they are sent. */
  readonly pieces: Iterable<AnswerPiece>;
  readonly ending: AnswerEnding;
}

/** An answer of one JSON body. */
export function jsonAnswer(
  status: number,
  body: string,
  options: { headers?: readonly HeaderPair[]; delayMs?: number; ending?: AnswerEnding } = {},
): DemoAnswer {
  const whole = new TextEncoder().encode(body);
  const ending = options.ending ?? "complete";
  const bytes = ending === "complete" ? whole : whole.subarray(0, whole.length >> 1);
  return {
    status,
    headers: [
      ["content-type", "application/json"],
      ["content-length", String(whole.length)],
      ...(options.headers ?? []),
    ],
    contentLength: whole.length,
    pieces: [{ bytes, delayMs: options.delayMs ?? 0 }],
    ending,
  };
}
