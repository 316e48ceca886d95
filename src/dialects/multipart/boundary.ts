import { LatchkeyError } from "../../kernel/error.ts";

const MEDIA_TYPE = /^[ \t]*multipart\/form-data[ \t]*(?:;|$)/i;

/** A parameter of a content type: `name=token` or `name="quoted"` (RFC 9110, section 5.6.6). */
const PARAMETER = /[ \t]*;[ \t]*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)=(?:"([^"\\\r\n]*)"|([^\s;"]+))[ \t]*/y;

/** RFC 2046, section 5.1.1: at most 70 characters, the last of which is no space. */
const BOUNDARY = /^[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]$/;

/** Content types longer than this are no work of a client. */
const MAX_LENGTH = 512;

/** Whether a body is a form with files, whatever is wrong with the rest of its content type. */
export function isMultipart(contentType: string): boolean {
  return MEDIA_TYPE.test(contentType);
}

/**
 * The boundary that a `multipart/form-data` content type names.
 * @throws LatchkeyError LK-2108 where it has none, two, or one that RFC 2046 forbids.
 */
export function readBoundary(contentType: string): string {
  const type = MEDIA_TYPE.exec(contentType);
  if (type === null || contentType.length > MAX_LENGTH) throw broken("is not `multipart/form-data`");
  let boundary: string | undefined;
  PARAMETER.lastIndex = contentType.indexOf(";");
  while (PARAMETER.lastIndex >= 0 && PARAMETER.lastIndex < contentType.length) {
    const parameter = PARAMETER.exec(contentType);
    if (parameter === null) throw broken("has a malformed parameter");
    const [, name = "", quoted, token = ""] = parameter;
    if (name.toLowerCase() !== "boundary") continue;
    if (boundary !== undefined) throw broken("names two boundaries");
    boundary = quoted ?? token;
  }
  if (boundary === undefined) throw broken("names no boundary");
  if (!BOUNDARY.test(boundary)) throw broken("names a boundary that RFC 2046 forbids");
  return boundary;
}

function broken(text: string): LatchkeyError {
  return new LatchkeyError("LK-2108", `\`content-type\` ${text}.`, { param: "content-type" });
}
