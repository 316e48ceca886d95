/** A fresh request id: `req_` and a UUIDv7 without dashes, so ids sort by time. */
export function newRequestId(): string {
  return `req_${Bun.randomUUIDv7("hex").replaceAll("-", "")}`;
}
