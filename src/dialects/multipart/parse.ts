import { indexOfText, latin1 } from "../../kernel/bytes.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { JsonSpan } from "../../kernel/json-scan.ts";
import { readBoundary } from "./boundary.ts";
import { type PartHeaders, readPartHeaders } from "./part-headers.ts";

/** Bounds of a form; what is beyond them is refused. Sizes are bytes. */
export interface MultipartBounds {
  readonly maxParts: number;
  /** Headers of one part. */
  readonly maxHeaderBytes: number;
  /** Content of a part that is no file. */
  readonly maxFieldBytes: number;
  /** Content of a part that is a file. */
  readonly maxFileBytes: number;
}

/** Bounds that hold where no others are given: 16 pictures, a mask and each field that APIs of this kind have. */
export const defaultMultipartBounds: MultipartBounds = {
  maxParts: 100,
  maxHeaderBytes: 4096,
  maxFieldBytes: 1024 * 1024,
  maxFileBytes: 1024 * 1024 * 1024,
};

/** One part of a form. */
export interface MultipartPart extends PartHeaders {
  /** Where its content stands in the body. */
  readonly span: JsonSpan;
}

/** A form, taken apart. */
export interface MultipartForm {
  readonly boundary: string;
  readonly parts: readonly MultipartPart[];
}

const CRLF = "\r\n";
const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * Takes a `multipart/form-data` body apart without copying it, in time linear in its length. Strict (RFC 7578, RFC
 * 2046): every occurrence of the boundary has to be a delimiter, so that no reader after this one can find a part
 * that was not seen here; nothing may stand before the first delimiter or after the last one.
 * @throws LatchkeyError LK-2108 (content type), LK-2102 (anything else that is wrong), LK-2104 (bounds).
 */
export function parseMultipart(
  body: Uint8Array,
  contentType: string,
  bounds: MultipartBounds = defaultMultipartBounds,
): MultipartForm {
  const boundary = readBoundary(contentType);
  const delimiter = `--${boundary}`;
  const parts: MultipartPart[] = [];
  if (indexOfText(body, delimiter) !== 0) throw malformed("it does not begin with its boundary");
  let at = afterDelimiter(body, delimiter.length);
  while (at >= 0) {
    if (parts.length === bounds.maxParts) throw tooLarge(`has more than ${bounds.maxParts} parts`);
    const next = indexOfText(body, delimiter, at);
    if (next < 0) throw malformed("it ends without its closing boundary");
    const end = next - CRLF.length;
    if (end < at || latin1(body, end, next) !== CRLF)
      throw malformed("its boundary occurs where no line begins");
    parts.push(readPart(body, at, end, bounds));
    at = afterDelimiter(body, next + delimiter.length);
  }
  if (parts.length === 0) throw malformed("it has no parts");
  return { boundary, parts };
}

/** Text of a part that is no file. @throws LatchkeyError LK-2102 where it is not UTF-8. */
export function partText(body: Uint8Array, { name, span }: MultipartPart): string {
  try {
    return decoder.decode(body.subarray(span.start, span.end));
  } catch {
    throw new LatchkeyError("LK-2102", `\`${name}\` has to be text in UTF-8.`, { param: name });
  }
}

/** Offset of the part after a delimiter that ends at `at`; -1 where it was the last one. */
function afterDelimiter(body: Uint8Array, at: number): number {
  const next = latin1(body, at, Math.min(at + 2, body.length));
  if (next === CRLF) return at + 2;
  if (next === "--") {
    // Some clients end with an empty line.
    const rest = latin1(body, at + 2, Math.min(at + 7, body.length));
    if (!["", CRLF, CRLF + CRLF].includes(rest))
      throw malformed("something stands after its closing boundary");
    return -1;
  }
  throw malformed("its boundary is followed by something else than the end of the line");
}

function readPart(body: Uint8Array, start: number, end: number, bounds: MultipartBounds): MultipartPart {
  // The search goes no further than the bound, or many parts without an empty line would each be searched to the end.
  const limit = Math.min(end, start + bounds.maxHeaderBytes + 2 * CRLF.length);
  const head = body.subarray(start, limit);
  const length = indexOfText(head, CRLF + CRLF);
  if (length < 0) {
    if (limit < end) throw tooLarge("has a part with headers that are too long");
    throw malformed("a part has no empty line after its headers");
  }
  const headers = readPartHeaders(headerText(head.subarray(0, length)));
  const span = { start: start + length + 2 * CRLF.length, end };
  const max = headers.filename === undefined ? bounds.maxFieldBytes : bounds.maxFileBytes;
  if (span.end - span.start > max) throw tooLarge("has a part that is too long", headers.name);
  return { ...headers, span };
}

function headerText(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw malformed("the headers of a part are not UTF-8");
  }
}

function malformed(text: string): LatchkeyError {
  return new LatchkeyError("LK-2102", `The form is malformed: ${text}.`);
}

function tooLarge(text: string, param?: string): LatchkeyError {
  return new LatchkeyError("LK-2104", `The form ${text}.`, param === undefined ? {} : { param });
}
