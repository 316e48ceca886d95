import { LatchkeyClientError } from "./error.ts";
import { readErrorBody, withoutKey } from "./error-body.ts";
import { kindOfStatus } from "./error-kind.ts";
import { parseJson } from "./json.ts";
import { parseRetryAfter } from "./retry-after.ts";

/** An error answer is short; of a longer one the rest is not read. */
const MAX_ERROR_BYTES = 64 * 1024;
const EXCERPT_LENGTH = 200;

/**
 * The error that an answer outside 2xx stands for; whatever comes as its body, it never throws.
 * @param now wall clock, milliseconds since the Unix epoch
 */
export async function readErrorAnswer(
  response: Response,
  key: string,
  now: number,
): Promise<LatchkeyClientError> {
  const requestId = response.headers.get("x-request-id") ?? undefined;
  if (isRedirect(response)) {
    discard(response);
    return redirectError(response, withoutKey(response.headers.get("location") ?? "", key), requestId);
  }
  const text = await readStart(response);
  const body = readErrorBody(parseJson(text), key);
  const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"), now);
  const message = body?.message ?? describeForeignAnswer(response, withoutKey(text, key));
  const { type, param } = body ?? {};
  // A provider's refusal passes as it came: then only the header has the gateway's code.
  const code = response.headers.get("x-latchkey-error") ?? body?.code;
  return new LatchkeyClientError(kindOfStatus(response.status, code), message, {
    status: response.status,
    code,
    type,
    param,
    requestId,
    retryAfterMs,
  });
}

/** Stops reading an answer that nobody needs. */
export function discard(response: Response): void {
  response.body?.cancel().catch(() => undefined);
}

/** Browsers hide a redirect that is not followed behind the status 0. */
function isRedirect(response: Response): boolean {
  return response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400);
}

/** A redirect is never followed: it would turn POST into GET and might take the key elsewhere. */
function redirectError(
  response: Response,
  location: string,
  requestId: string | undefined,
): LatchkeyClientError {
  const target = location.replace(/[?#].*$/s, "").slice(0, EXCERPT_LENGTH);
  const message = `The answer is a redirect${target === "" ? "" : ` to ${target}`}: correct baseUrl.`;
  return new LatchkeyClientError("protocol", message, { status: response.status || undefined, requestId });
}

function describeForeignAnswer(response: Response, text: string): string {
  const contentType = response.headers.get("content-type") ?? "no content type";
  const excerpt = text.replace(/\s+/g, " ").trim().slice(0, EXCERPT_LENGTH);
  const end = excerpt === "" ? "." : `: ${excerpt}`;
  return `The answer has status ${response.status} (${contentType}) and is none of Latchkey's${end}`;
}

/** The beginning of a body, as much of it as arrives. */
async function readStart(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    while (bytes < MAX_ERROR_BYTES) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      bytes += value.byteLength;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    return text;
  }
  reader.cancel().catch(() => undefined);
  return text;
}
