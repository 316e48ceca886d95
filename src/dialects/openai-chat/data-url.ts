import type { MediaSource } from "../../canonical/content.ts";

/** Source in a `data:` URL of base64; `undefined` where the text is none. */
export function parseDataUrl(url: string): Extract<MediaSource, { kind: "base64" }> | undefined {
  if (!url.startsWith("data:")) return undefined;
  const comma = url.indexOf(",");
  if (comma < 0) return undefined;
  const [mediaType = "", ...rest] = url.slice("data:".length, comma).split(";");
  if (rest.at(-1)?.trim().toLowerCase() !== "base64") return undefined;
  return { kind: "base64", mediaType: mediaType.trim().toLowerCase(), data: url.slice(comma + 1) };
}
