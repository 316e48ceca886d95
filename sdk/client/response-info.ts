/** What the gateway's headers say about a call. */
export interface ResponseInfo {
  /** Finds the call in the gateway's log. */
  readonly requestId: string | undefined;
  /** Cost of the call in USD, when it was known as the answer began: not for streams. */
  readonly cost: number | undefined;
  /** Hash of the gateway's artifact that served the call. */
  readonly artifact: string | undefined;
  /** Name of the model that answered. */
  readonly model: string | undefined;
  readonly headers: Headers;
}

/** Reads the gateway's headers. */
export function readResponseInfo(headers: Headers): ResponseInfo {
  const text = (name: string): string | undefined => headers.get(name) ?? undefined;
  const cost = Number.parseFloat(headers.get("x-latchkey-cost") ?? "");
  return {
    requestId: text("x-request-id"),
    cost: Number.isFinite(cost) ? cost : undefined,
    artifact: text("x-latchkey-artifact"),
    model: text("x-latchkey-model"),
    headers,
  };
}
