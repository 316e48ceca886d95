import type { ImageInput, ImageRequest } from "../../canonical/image-generation.ts";
import type { MediaFetcher } from "../exchange/inline-media.ts";

/**
 * A request with the pictures in it that it names by URLs, of which there are 16 and a mask at most; `undefined` where
 * it names none. Rejects with LatchkeyError LK-2111.
 */
export function inlineImages(
  request: ImageRequest,
  fetchMedia: MediaFetcher,
): Promise<ImageRequest> | undefined {
  const { images = [], mask } = request;
  const isNamed = [...images, ...(mask === undefined ? [] : [mask])].some(({ kind }) => kind === "url");
  return isNamed ? inlined(request, fetchMedia) : undefined;
}

async function inlined(request: ImageRequest, fetchMedia: MediaFetcher): Promise<ImageRequest> {
  const fetched = async (image: ImageInput, param: string): Promise<ImageInput> => {
    if (image.kind !== "url") return image;
    const { bytes, mediaType } = await fetchMedia(image.url, param);
    return { kind: "bytes", bytes, mediaType };
  };
  const { images, mask } = request;
  const [those, that] = await Promise.all([
    images && Promise.all(images.map((image, index) => fetched(image, `images[${index}].image_url`))),
    mask && fetched(mask, "mask.image_url"),
  ]);
  return {
    ...request,
    ...(those !== undefined && { images: those }),
    ...(that !== undefined && { mask: that }),
  };
}
