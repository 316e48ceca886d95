import { visiblePath } from "../http/visible-path.ts";
import { MASK, maskText } from "../telemetry/mask-text.ts";

/** What could be read out of a path after another decoding. */
const ENCODED = /%[0-9a-f]{2}/i;

/**
 * Paths that hold no credential, so that ordinary calls do not pay for looking: every shape of `maskText` has a capital
 * letter or a sign other than a slash in it.
 */
const HARMLESS = /^[a-z0-9/]*$/;

/** A request's path as it may be kept and logged: what looks like a credential in it is masked, also where it is encoded. */
export function shownPath(path: string): string {
  if (HARMLESS.test(path)) return path;
  const shown = visiblePath(path);
  const masked = maskText(shown);
  if (!ENCODED.test(masked)) return masked;
  return masked.split("/").map(maskSegment).join("/");
}

/** A segment in which a credential is encoded is masked as a whole: where in it the credential begins is not known. */
function maskSegment(segment: string): string {
  if (!ENCODED.test(segment)) return segment;
  const decoded = decode(segment);
  return maskText(decoded) === decoded ? segment : MASK;
}

function decode(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
