import fc from "fast-check";
import { anyRequest } from "./any-request.ts";

/** What likes to be misread. */
const piece = fc.oneof(
  fc.constantFrom(
    "\r",
    "\n",
    "\r\n",
    "\n\n",
    "\r\n\r\n",
    " ",
    "\t",
    ":",
    ",",
    ";",
    "0",
    "\0",
    "\x0b",
    "\xff",
    "\r\r\n",
  ),
  fc.constantFrom(
    "Content-Length: 5\r\n",
    "Content-Length: 0\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Transfer-Encoding: identity\r\n",
    "Connection: close\r\n",
    "Host: b\r\n",
    "Expect: 100-continue\r\n",
    "Upgrade: h2c\r\n",
    "X-A: 1\r\n",
    " folded\r\n",
    "0\r\n\r\n",
    "GET /b HTTP/1.1\r\nHost: a\r\n\r\n",
    " HTTP/1.0",
    "http://a",
  ),
  fc.nat(255).map((byte) => String.fromCharCode(byte)),
);

const change = fc.tuple(fc.nat(), fc.constantFrom(0, 0, 1, 5), piece);

/** Puts pieces into a text, in the place of nothing or of some characters. */
function changed(text: string, changes: readonly (readonly [number, number, string])[]): string {
  return changes.reduce((whole, [place, gone, put]) => {
    // Most misreadings begin at the ends of lines.
    const lines = whole.split("\r\n");
    const line = lines.slice(0, place % lines.length).join("\r\n").length;
    const at = place % 2 === 0 ? line + Math.min(2, line) : place % (whole.length + 1);
    return whole.slice(0, at) + put + whole.slice(at + gone);
  }, text);
}

/** One request or several in a row, some of them changed in a few places. */
export const mutatedRequests: fc.Arbitrary<string> = fc
  .array(fc.tuple(anyRequest, fc.array(change, { maxLength: 3 })), { minLength: 1, maxLength: 3 })
  .map((all) => all.map(([{ text }, changes]) => changed(text, changes)).join(""));

/** Bytes of no meaning. */
export const randomText: fc.Arbitrary<string> = fc
  .uint8Array({ minLength: 1, maxLength: 200 })
  .map((bytes) => Buffer.from(bytes).toString("latin1"));
