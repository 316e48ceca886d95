import type { VendorError, VendorErrorKind } from "../../canonical/vendor-error.ts";
import { isJsonObject, tryParseJson } from "../../kernel/json.ts";
import type { HeaderReader } from "../dialect.ts";

const BY_NAME: Readonly<Record<string, VendorErrorKind>> = {
  accessdenied: "permission",
  notauthorized: "permission",
  // The account has not agreed to the model's terms, or the agreement is still being made.
  ftuformnotfilled: "permission",
  mpagreementbeingcreated: "permission",
  optinrequired: "permission",
  incompletesignature: "authentication",
  invalidclienttokenid: "authentication",
  requestexpired: "authentication",
  missingauthenticationtoken: "authentication",
  unrecognizedclient: "authentication",
  expiredtoken: "authentication",
  invalidsignature: "authentication",
  resourcenotfound: "not-found",
  throttling: "rate-limit",
  toomanyrequests: "rate-limit",
  servicequotaexceeded: "quota",
  serviceunavailable: "overloaded",
  modelnotready: "overloaded",
  modeltimeout: "timeout",
  modelerror: "server",
  modelstreamerror: "server",
  internalserver: "server",
  internalfailure: "server",
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
  529: "overloaded",
};

/**
 * Reads an error: `{"message":"…"}`, in older services `Message`; its name stands in a header or in `__type`.
 * Wire format: https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html
 */
export function parseError(status: number, body: Uint8Array, header?: HeaderReader): VendorError {
  const text = new TextDecoder().decode(body);
  const value = tryParseJson(text);
  const members = isJsonObject(value) ? value : {};
  const given = members["message"] ?? members["Message"];
  // What follows the colon is no part of the name: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
  const type = header?.("x-amzn-errortype")?.split(":")[0] ?? members["__type"] ?? members["code"];
  const name = typeof type === "string" && type !== "" ? type : undefined;
  return namedError(name, typeof given === "string" ? given : text.slice(0, 500) || "no message", status);
}

/** An error by the name of its exception, such as `throttlingException`, or else by a status. */
export function namedError(name: string | undefined, message: string, status = 500): VendorError {
  const key = (name ?? "")
    .replace(/^.*#/, "")
    .replace(/(?:exception|error)$/i, "")
    .toLowerCase();
  const kind =
    (Object.hasOwn(BY_NAME, key) ? BY_NAME[key] : undefined) ??
    BY_STATUS[status] ??
    (status >= 500 ? "server" : "invalid-request");
  return {
    kind: kind === "invalid-request" ? kindOfWords(message) : kind,
    message,
    ...(name !== undefined && { code: name }),
  };
}

/** `ValidationException` is all that Bedrock says of very different things: only its words tell them apart. */
function kindOfWords(message: string): VendorErrorKind {
  if (
    /too long|context (window|length)|too many (input )?tokens|maximum (number of )?tokens|tokens.*exceed/i.test(
      message,
    )
  )
    return "context-length";
  if (/model identifier is invalid|could not resolve the foundation model/i.test(message)) return "not-found";
  return /content filters?|responsible ai/i.test(message) ? "content-policy" : "invalid-request";
}
