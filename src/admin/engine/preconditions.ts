import { sha256Hex } from "../../kernel/hash.ts";
import { wrongField } from "../check-input.ts";
import type { IdentityRequest } from "../identity/identity-http.ts";

/** A tag of ours: the version, and perhaps a digest of the answer. */
const TAG = /^(?:W\/)?"([1-9]\d{0,14})(?:-[0-9a-f]{16})?"$/;

/**
 * The version that `If-Match` asks for; undefined: any.
 * @throws LatchkeyError LK-2102
 */
export function readIfMatch(headers: IdentityRequest["headers"]): number | undefined {
  const value = headers.get("if-match");
  if (value === null || value === "*") return undefined;
  const version = TAG.exec(value)?.[1];
  if (version !== undefined) return Number(version);
  throw wrongField(
    "if-match",
    'This has to be one entity tag as the answers have them, such as W/"3", or *.',
  );
}

/** The version of an answer that has one. */
function versionOf(body: unknown): number | undefined {
  const version = (body as { readonly version?: unknown } | null)?.version;
  return typeof version === "number" ? version : undefined;
}

/** The entity tag of what a write answers with; undefined: it has no version. */
export function writtenTag(body: unknown): string | undefined {
  const version = versionOf(body);
  return version === undefined ? undefined : `W/"${version}"`;
}

/**
 * The entity tag of what is read: the version, and a digest, since time changes some answers without a new version.
 * @param text the body as it is sent
 */
export function readTag(body: unknown, text: string): string | undefined {
  const version = versionOf(body);
  return version === undefined ? undefined : `W/"${version}-${sha256Hex(text).slice(0, 16)}"`;
}

/** Whether `If-None-Match` names a tag (RFC 9110, 13.1.2: weakly). */
export function isKnown(headers: IdentityRequest["headers"], tag: string): boolean {
  const value = headers.get("if-none-match");
  if (value === null) return false;
  const opaque = tag.slice("W/".length);
  return value.split(",").some((part) => {
    const one = part.trim();
    return one === "*" || one === opaque || one === tag;
  });
}
