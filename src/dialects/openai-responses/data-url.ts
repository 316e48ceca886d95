/** Beginnings of base64 text of pictures, by the first bytes of their formats. */
const IMAGE_TYPES: readonly (readonly [start: string, mediaType: string])[] = [
  ["iVBOR", "image/png"],
  ["/9j/", "image/jpeg"],
  ["UklGR", "image/webp"],
  ["R0lGOD", "image/gif"],
];

/** Media type of a picture in base64, PNG where its first bytes say nothing. */
export function imageTypeOf(base64: string): string {
  return IMAGE_TYPES.find(([start]) => base64.startsWith(start))?.[1] ?? "image/png";
}

/** Reads a `data:` URL with base64 content; `undefined` where the text is none. */
export function readDataUrl(url: string): { readonly mediaType: string; readonly data: string } | undefined {
  const comma = url.indexOf(",");
  if (comma < 0 || !/^data:/i.test(url)) return undefined;
  const head = url.slice(5, comma);
  if (!/;base64$/i.test(head)) return undefined;
  const [mediaType = ""] = head.split(";");
  return { mediaType: mediaType || "application/octet-stream", data: url.slice(comma + 1) };
}

/** Bytes in base64 as a `data:` URL. */
export function dataUrl(mediaType: string, data: string): string {
  return `data:${mediaType};base64,${data}`;
}

const BY_ENDING: Readonly<Record<string, string>> = {
  pdf: "application/pdf",
  txt: "text/plain",
  md: "text/markdown",
  csv: "text/csv",
  html: "text/html",
  json: "application/json",
  xml: "application/xml",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
};

/** Media type of a file by its name, PDF where the name says nothing. */
export function fileTypeOf(name: string | undefined): string {
  const ending = name?.split(".").at(-1)?.toLowerCase() ?? "";
  return (Object.hasOwn(BY_ENDING, ending) ? BY_ENDING[ending] : undefined) ?? "application/pdf";
}

/** A name for a file that has none: OpenAI tells its kind by the ending. */
export function fileNameOf(mediaType: string): string {
  const ending = Object.keys(BY_ENDING).find((key) => BY_ENDING[key] === mediaType);
  return `file.${ending ?? (mediaType.startsWith("text/") ? "txt" : "pdf")}`;
}
