import { indexOfText, joinBytes } from "../../kernel/bytes.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { Json } from "../../kernel/json.ts";
import type { MultipartForm, MultipartPart } from "./parse.ts";

/** A part to be written: text, or a file. */
export type NewPart =
  | { readonly name: string; readonly text: string }
  | {
      readonly name: string;
      readonly bytes: Uint8Array;
      readonly filename: string;
      readonly contentType: string;
    };

const encoder = new TextEncoder();

/**
 * A form's bytes with the content of one part replaced; all others stay what they are.
 * @throws LatchkeyError LK-5001 where the new content holds the form's boundary and would end the part.
 */
export function replacePart(
  body: Uint8Array,
  { boundary }: MultipartForm,
  { span }: MultipartPart,
  content: Uint8Array,
): Uint8Array {
  if (indexOfText(content, `--${boundary}`) >= 0)
    throw new LatchkeyError("LK-5001", undefined, {
      internal: "a model's id holds the boundary of the form",
    });
  const result = new Uint8Array(span.start + content.length + body.length - span.end);
  result.set(body.subarray(0, span.start));
  result.set(content, span.start);
  result.set(body.subarray(span.end), span.start + content.length);
  return result;
}

/** A member as fields of a form: one for each item of a list, objects as their JSON. */
export function fieldParts(name: string, value: Json | undefined): readonly NewPart[] {
  if (value === undefined || value === null) return [];
  const list: readonly Json[] = Array.isArray(value) ? value : [value as Json];
  return list.map((item) => ({ name, text: typeof item === "string" ? item : JSON.stringify(item) }));
}

/**
 * A new form with its content type. The boundary is of 128 random bits, so nobody can put it into a part.
 * Wire format: RFC 7578; names as browsers write them.
 */
export function writeMultipart(parts: readonly NewPart[]): { body: Uint8Array; contentType: string } {
  const boundary = `latchkey-${crypto.randomUUID()}`;
  const pieces: Uint8Array[] = [];
  for (const part of parts) {
    pieces.push(encoder.encode(`--${boundary}\r\n${partHead(part)}\r\n\r\n`));
    pieces.push("bytes" in part ? part.bytes : encoder.encode(part.text));
    pieces.push(encoder.encode("\r\n"));
  }
  pieces.push(encoder.encode(`--${boundary}--\r\n`));
  return { body: joinBytes(pieces), contentType: `multipart/form-data; boundary=${boundary}` };
}

function partHead(part: NewPart): string {
  const disposition = `Content-Disposition: form-data; name="${quote(part.name)}"`;
  if (!("bytes" in part)) return disposition;
  const type = /^[\x20-\x7e]+$/.test(part.contentType) ? part.contentType : "application/octet-stream";
  return `${disposition}; filename="${quote(part.filename)}"\r\nContent-Type: ${type}`;
}

/** What may not stand between quotes is percent-encoded, as browsers do. Control characters are left out. */
function quote(text: string): string {
  return (
    text
      .replaceAll('"', "%22")
      .replaceAll("\\", "%5C")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replaceAll(/[\0-\x1f\x7f]/g, "")
  );
}
