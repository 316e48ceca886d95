const MASK = "[redacted]";

/** Headers of every call whose values are no secret; all others came from the config or carry the credential. */
const PLAIN = /^(?:host|content-type|accept|accept-encoding|user-agent|x-amz-date|x-amz-content-sha256):/;

/** A version of an API, which vendors name in their errors. */
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Scheme and parameters of a signature: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-auth-methods.html */
const SIGNATURE = /^AWS4-\S+ Credential=([^/,\s]+).*Signature=([0-9a-f]+)$/;

/** Names of parameters of a query that carry a credential. */
const SECRET_PARAMETER = /(?:key|token|secret|signature|password)$/i;

/** A text of which the middle is hidden, as vendors show keys: `sk-pr***9f`. */
const PARTLY_HIDDEN = /([\w-]{2,64})(?:\*{3,}|•{2,}|\.{3}|…)([\w-]{2,64})/g;

/** Shorter values are found in ordinary words. */
const MIN_LENGTH = 8;

/**
 * A text of an upstream without the credentials that were sent to it: some quote them in their errors.
 * @param head head of the call to it, as it was sent
 */
export function withoutOwnCredentials(text: string, head: string): string {
  let safe = text;
  for (const secret of secretsIn(head)) {
    if (secret.length < MIN_LENGTH) continue;
    safe = safe
      .replaceAll(secret, MASK)
      .replace(PARTLY_HIDDEN, (text, start: string, end: string) =>
        secret.startsWith(start) && secret.endsWith(end) ? MASK : text,
      );
  }
  return safe;
}

/** What of a head must not be shown. */
function secretsIn(head: string): readonly string[] {
  const [requestLine = "", ...headers] = head.split("\r\n");
  const inHeaders = headers.filter((line) => !PLAIN.test(line)).flatMap(secretsInHeader);
  return requestLine.includes("?") ? [...secretsInTarget(requestLine), ...inHeaders] : inHeaders;
}

function secretsInHeader(line: string): readonly string[] {
  const value = line.slice(line.indexOf(":") + 1).trim();
  if (DATE.test(value)) return [];
  const [, keyId, signature] = SIGNATURE.exec(value) ?? [];
  if (keyId !== undefined && signature !== undefined) return [keyId, signature];
  return [value.replace(/^(?:bearer|basic) /i, "")];
}

/** As they were sent and as they were meant. */
function secretsInTarget(requestLine: string): readonly string[] {
  const [, target = ""] = requestLine.split(" ");
  return target
    .slice(target.indexOf("?") + 1)
    .split("&")
    .flatMap((pair) => {
      const at = pair.indexOf("=");
      if (at < 0 || !SECRET_PARAMETER.test(pair.slice(0, at))) return [];
      const [value] = new URLSearchParams(pair).values();
      return [pair.slice(at + 1), value ?? ""];
    });
}
