import { LatchkeyError } from "../../kernel/error.ts";
import type { IdentityRequest } from "./identity-http.ts";
import { isSameText } from "./same-text.ts";

/** Methods that change nothing. */
const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** Whether a request may change something. */
export function isWrite(method: string): boolean {
  return !SAFE.has(method);
}

/**
 * Refuses a write that a page of another site made the browser send. One of the two headers has to be there: every
 * browser of today sends them with writes.
 * @param origin the gateway's own
 * @throws LatchkeyError LK-2019
 */
export function checkOrigin(request: Pick<IdentityRequest, "headers">, origin: string): void {
  const site = request.headers.get("sec-fetch-site");
  const claimed = request.headers.get("origin");
  if (site !== null && site !== "same-origin") throw refusal(`sec-fetch-site is ${site}`);
  if (claimed !== null && claimed !== origin) throw refusal(`origin is ${claimed}`);
  if (site === null && claimed === null) throw refusal("neither origin nor sec-fetch-site was sent");
}

/**
 * Refuses a write that does not carry the text that only the session's own pages can know.
 * @throws LatchkeyError LK-2019
 */
export function checkCsrfToken(request: Pick<IdentityRequest, "headers">, csrf: string): void {
  const sent = request.headers.get("x-csrf-token");
  if (sent === null || !isSameText(sent, csrf)) {
    throw new LatchkeyError("LK-2019", undefined, {
      param: "x-csrf-token",
      internal: "x-csrf-token is not the session's",
    });
  }
}

function refusal(internal: string): LatchkeyError {
  return new LatchkeyError("LK-2019", undefined, { param: "origin", internal });
}
