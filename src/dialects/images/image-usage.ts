import type { ImageRequest } from "../../canonical/image-generation.ts";
import { noTokens, type Usage } from "../../canonical/usage.ts";

/** What pictures are priced by. */
export interface PricedImages {
  readonly count: number;
  /** Such as `1024x1024`. */
  readonly size?: string | undefined;
  readonly quality?: string | undefined;
}

/** Usage of pictures: the tokens that were told, if any, and always their number, size and quality. */
export function imageUsage(tokens: Usage | undefined, { count, size, quality }: PricedImages): Usage {
  return {
    ...(tokens ?? noTokens),
    images: count,
    ...(size !== undefined && { imageSize: size }),
    ...(quality !== undefined && { imageQuality: quality }),
  };
}

/** Size of a request as it is written on the wire. */
export function sizeText({ size }: ImageRequest): string | undefined {
  return size === undefined ? undefined : `${size.width}x${size.height}`;
}
