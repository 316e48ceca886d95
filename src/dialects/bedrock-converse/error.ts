import type { VendorError, VendorErrorKind } from "../../canonical/vendor-error.ts";
import { isJsonObject, tryParseJson } from "../../kernel/json.ts";

const BY_NAME: Readonly<Record<string, VendorErrorKind>> = {
  accessdenied: "permission",
  unrecognizedclient: "authentication",
  expiredtoken: "authentication",
  invalidsignature: "authentication",
  resourcenotfound: "not-found",
  throttling: "rate-limit",
  servicequotaexceeded: "quota",
  serviceunavailable: "overloaded",
  modelnotready: "overloaded",
  modeltimeout: "timeout",
  modelerror: "server",
  modelstreamerror: "server",
  internalserver: "server",
  validation: "invalid-request",
};

const BY_STATUS: Readonly<Record<number, VendorErrorKind>> = {
  400: "invalid-request",
  401: "authentication",
  // Bad signatures and expired tokens answer 403 as well: none of it is the caller's fault.
  403: "permission",
  404: "not-found",
  408: "timeout",
  413: "too-large",
  424: "server",
  429: "rate-limit",
  503: "overloaded",
};

/**
 * Reads an error: `{"message":"…"}`, in older services `Message`; its name stands in a header or in `__type`.
 * Wire format: https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html
 */
export function parseError(status: number, body: Uint8Array): VendorError {
  const text = new TextDecoder().decode(body);
  const value = tryParseJson(text);
  const members = isJsonObject(value) ? value : {};
  const given = members["message"] ?? members["Message"];
  const type = members["__type"];
  const name = typeof type === "string" ? type : undefined;
  return namedError(name, typeof given === "string" ? given : text.slice(0, 500) || "no message", status);
}

/** An error by the name of its exception, such as `throttlingException`, or else by a status. */
export function namedError(name: string | undefined, message: string, status = 500): VendorError {
  const key = (name ?? "")
    .replace(/^.*#/, "")
    .replace(/exception$/i, "")
    .toLowerCase();
  const kind =
    (Object.hasOwn(BY_NAME, key) ? BY_NAME[key] : undefined) ??
    BY_STATUS[status] ??
    (status >= 500 ? "server" : "invalid-request");
  const isLength =
    kind === "invalid-request" &&
    /too long|context (window|length)|too many (input )?tokens|maximum tokens/i.test(message);
  return { kind: isLength ? "context-length" : kind, message, ...(name !== undefined && { code: name }) };
}
