import { LatchkeyError } from "../../kernel/error.ts";

/** What the headers of a part say. */
export interface PartHeaders {
  readonly name: string;
  /** As it was sent, percent-encoding included; absent for fields that are no files. */
  readonly filename?: string;
  /** Empty where the part does not say. */
  readonly contentType: string;
}

const HEADER_NAME = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):/;
const DISPOSITION = /^form-data[ \t]*(?=;|$)/i;

/** Quoted text ends at the first quote: readers disagree on what a backslash before one means. */
const PARAMETER = /;[ \t]*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)=(?:"([^"]*)"|([!#$%&'*+\-.^_`|~0-9A-Za-z]+))[ \t]*/y;

/** Encodings that leave the bytes as they are; RFC 7578 (section 4.7) deprecates all of them. */
const PLAIN_ENCODINGS = ["7bit", "8bit", "binary"];

/**
 * Reads the headers of a part, strictly: what two readers could take for two different things is refused.
 * RFC 7578, section 4; names and file names as browsers write them
 * (https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data).
 * @param text the header lines without the empty one after them, decoded
 * @throws LatchkeyError LK-2102
 */
export function readPartHeaders(text: string): PartHeaders {
  const headers = new Map<string, string>();
  for (const line of text.split("\r\n")) {
    const header = HEADER_NAME.exec(line);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    if (header === null || /[\0-\x08\x0a-\x1f\x7f]/.test(line))
      throw malformed("a header of a part is malformed");
    const name = (header[1] ?? "").toLowerCase();
    if (headers.has(name)) throw malformed(`a part has two headers \`${name}\``);
    headers.set(name, trimSpace(line, header[0].length));
  }
  const encoding = headers.get("content-transfer-encoding")?.toLowerCase();
  if (encoding !== undefined && !PLAIN_ENCODINGS.includes(encoding))
    throw malformed("a part has a `content-transfer-encoding` that changes its bytes");
  const disposition = headers.get("content-disposition");
  if (disposition === undefined) throw malformed("a part has no `content-disposition`");
  return { ...readDisposition(disposition), contentType: headers.get("content-type") ?? "" };
}

function readDisposition(text: string): { readonly name: string; readonly filename?: string } {
  const type = DISPOSITION.exec(text);
  if (type === null) throw malformed("the `content-disposition` of a part is not `form-data`");
  const values = new Map<string, string>();
  PARAMETER.lastIndex = type[0].length;
  while (PARAMETER.lastIndex < text.length) {
    const parameter = PARAMETER.exec(text);
    if (parameter === null) throw malformed("the `content-disposition` of a part is malformed");
    const [, key = "", quoted, token = ""] = parameter;
    const value = quoted ?? token;
    // Whether the backslash guards the quote after it, readers do not agree.
    if (quoted?.endsWith("\\") === true)
      throw malformed("a quote in a `content-disposition` is not written `%22`");
    if (values.has(key.toLowerCase()))
      throw malformed("the `content-disposition` of a part names something twice");
    values.set(key.toLowerCase(), value);
  }
  // RFC 7578, section 4.2, forbids it; a second name beside the first would be read by some.
  if (values.has("filename*") || values.has("name*")) throw malformed("`filename*` has no place in a form");
  const name = values.get("name");
  if (name === undefined || name === "" || name.includes("\\")) throw malformed("a part has no plain name");
  const filename = values.get("filename");
  return { name, ...(filename !== undefined && { filename }) };
}

/** The rest of a line from `from` on without spaces and tabs around it; a pattern for it would be quadratic. */
function trimSpace(line: string, from: number): string {
  const isSpace = (at: number): boolean => line[at] === " " || line[at] === "\t";
  let start = from;
  let end = line.length;
  while (start < end && isSpace(start)) start++;
  while (end > start && isSpace(end - 1)) end--;
  return line.slice(start, end);
}

function malformed(text: string): LatchkeyError {
  return new LatchkeyError("LK-2102", `The form is malformed: ${text}.`);
}
