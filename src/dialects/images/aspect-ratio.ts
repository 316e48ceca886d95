import type { ImageRequest } from "../../canonical/image-generation.ts";
import type { ImageLoss } from "./images-dialect.ts";

/** How far a ratio may be from the one that was asked for: 1792 × 1024 is taken for 16:9. */
const TOLERANCE = 0.03;

/**
 * The ratio of width to height for vendors that take no pixels. Where a size was asked for, its ratio is kept and
 * the pixels are the vendor's, which is named; a ratio that the vendor lacks is refused.
 * @param ratios those that the vendor has, such as `16:9`
 */
export function chooseAspectRatio(
  { size, aspectRatio }: ImageRequest,
  ratios: readonly string[],
  losses: ImageLoss[],
): string | undefined {
  const field = size === undefined ? "aspectRatio" : "size";
  const wanted = size === undefined ? readRatio(aspectRatio) : size.width / size.height;
  if (wanted === undefined) return undefined;
  const chosen = nearest(wanted, ratios);
  if (chosen === undefined) {
    losses.push({
      path: { field },
      isHarmless: false,
      reason: `has to have one of the ratios ${ratios.join(", ")}`,
    });
  } else if (size !== undefined) {
    losses.push({
      path: { field },
      isHarmless: true,
      isChanged: true,
      reason: `is told as the ratio ${chosen}; the pixels are the vendor's`,
    });
  }
  return chosen;
}

/** A ratio such as `16:9` as a number. */
export function readRatio(text: string | undefined): number | undefined {
  const [, width, height] = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(text ?? "") ?? [];
  const ratio = Number(width) / Number(height);
  return Number.isFinite(ratio) && ratio > 0 ? ratio : undefined;
}

function nearest(wanted: number, ratios: readonly string[]): string | undefined {
  let best: { readonly ratio: string; readonly distance: number } | undefined;
  for (const ratio of ratios) {
    const distance = Math.abs((readRatio(ratio) ?? 0) / wanted - 1);
    if (distance <= TOLERANCE && distance < (best?.distance ?? Number.POSITIVE_INFINITY))
      best = { ratio, distance };
  }
  return best?.ratio;
}
