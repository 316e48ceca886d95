import type { EmbeddingImage } from "../../canonical/embedding.ts";

/** A picture as a URL, its bytes inside where they are here. */
export function imageUrl(source: EmbeddingImage): string {
  return source.kind === "url" ? source.url : `data:${source.mediaType};base64,${source.data}`;
}
