import type { ImageInput, ImageRequest, ImageRequestField } from "../../../canonical/image-generation.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { fieldParts, type NewPart, writeMultipart } from "../../multipart/write.ts";
import { jsonBody } from "../../task/json-body.ts";
import { fillPath } from "../../task/path.ts";
import type { RenderedTask, TaskBody, TaskTraits } from "../../task/task-dialect.ts";
import { chooseAspectRatio } from "../aspect-ratio.ts";
import { sizeText } from "../image-usage.ts";
import type { ImageLoss } from "../images-dialect.ts";
import { lossesBeside } from "../losses.ts";
import { dataUrl, toBase64 } from "../media-type.ts";
import { type ImageQuirks, knownFields, readQuirks } from "./quirks.ts";

/** Ratios of vendors that take one instead of a size. Source: https://docs.x.ai/docs/guides/image-generations */
const RATIOS = [
  "1:1",
  "16:9",
  "9:16",
  "4:3",
  "3:4",
  "3:2",
  "2:3",
  "2:1",
  "1:2",
  "20:9",
  "9:20",
  "19.5:9",
  "9:19.5",
];

/**
 * A request in OpenAI's shape, or in that of a vendor who departs from it.
 * Wire formats: https://platform.openai.com/docs/api-reference/images/create,
 * https://platform.openai.com/docs/api-reference/images/createEdit
 */
export function renderRequest(request: ImageRequest, traits: TaskTraits): RenderedTask<ImageRequestField> {
  const quirks = readQuirks(traits);
  const known = knownFields(quirks);
  const losses = lossesBeside(
    quirks.size === "size" ? known : [...known, "size"],
    request,
    "this provider",
    quirks.gives,
  );
  const members = renderMembers(request, traits, quirks, known, losses);
  const streams = request.stream && known.includes("partialImages");
  const body = renderBody(request, { ...members, ...(streams && { stream: true }) }, quirks, losses);
  return { path: fillPath(traits.path, traits.upstreamModel), ...body, losses, streams };
}

function renderMembers(
  request: ImageRequest,
  { upstreamModel }: TaskTraits,
  quirks: ImageQuirks,
  known: readonly ImageRequestField[],
  losses: ImageLoss[],
): JsonObject {
  const can = (field: ImageRequestField): boolean => request[field] !== undefined && known.includes(field);
  // A stream has the bytes, also where it is made of a whole answer.
  const mustBeBytes = request.stream && !known.includes("partialImages") && known.includes("answerAs");
  const answerAs = mustBeBytes ? "base64" : can("answerAs") ? request.answerAs : undefined;
  return {
    ...request.extras,
    model: upstreamModel,
    prompt: request.prompt,
    ...(can("count") && { n: request.count }),
    ...renderSize(request, quirks, losses),
    ...(can("quality") && { quality: request.quality }),
    ...(can("style") && { style: request.style }),
    ...(can("background") && { background: request.background }),
    ...(can("outputFormat") && {
      [quirks.format]: request.outputFormat === "jpeg" ? quirks.jpeg : request.outputFormat,
    }),
    ...(can("outputCompression") && { output_compression: request.outputCompression }),
    ...(can("moderation") && { moderation: request.moderation }),
    ...(can("inputFidelity") && { input_fidelity: request.inputFidelity }),
    ...(answerAs !== undefined && { response_format: answerAs === "url" ? "url" : quirks.base64 }),
    ...(can("endUser") && { user: request.endUser }),
    ...(can("partialImages") && request.stream && { partial_images: request.partialImages }),
    ...(can("negativePrompt") && { negative_prompt: request.negativePrompt }),
    ...(can("seed") && { seed: request.seed }),
  };
}

function renderSize(request: ImageRequest, quirks: ImageQuirks, losses: ImageLoss[]): JsonObject {
  const { size } = request;
  if (quirks.size === "aspect-ratio") {
    const ratio = chooseAspectRatio(request, RATIOS, losses);
    return ratio === undefined ? {} : { aspect_ratio: ratio };
  }
  if (size === undefined) return {};
  return quirks.size === "width-height" ? { ...size } : { size: sizeText(request) };
}

function renderBody(
  request: ImageRequest,
  members: JsonObject,
  { inputs }: ImageQuirks,
  losses: ImageLoss[],
): TaskBody {
  const { images, mask } = request;
  if (images === undefined) return jsonBody(members);
  if (
    inputs === "form" &&
    [...images, ...(mask === undefined ? [] : [mask])].every(({ kind }) => kind === "bytes")
  )
    return writeMultipart([...formFields(members), ...formFiles(images, mask)]);
  if (inputs === "form") {
    // What has no bytes goes as JSON, where pictures are URLs and ids.
    const masked = mask !== undefined && { mask: reference(mask) };
    return jsonBody({ ...members, images: images.map(reference), ...masked });
  }
  return jsonBody({ ...members, ...renderUrls(images, inputs, losses) });
}

function renderUrls(
  images: readonly ImageInput[],
  inputs: Exclude<ImageQuirks["inputs"], "form">,
  losses: ImageLoss[],
): JsonObject {
  const urls = images.flatMap((image) => {
    if (image.kind !== "file-id") return [urlOf(image)];
    losses.push({ path: { field: "images" }, isHarmless: false, reason: "is a file that only OpenAI knows" });
    return [];
  });
  const objects = urls.map((url) => ({ type: "image_url", url }));
  if (inputs === "references")
    return { input_references: urls.map((url) => ({ type: "image_url", image_url: { url } })) };
  if (inputs === "objects") return objects.length === 1 ? { image: objects[0] } : { images: objects };
  if (urls.length > 1)
    losses.push({
      path: { field: "images" },
      isHarmless: false,
      reason: "may hold one picture for this provider",
    });
  return urls[0] === undefined ? {} : { image_url: urls[0] };
}

function urlOf(image: Exclude<ImageInput, { kind: "file-id" }>): string {
  return image.kind === "url" ? image.url : dataUrl(image.mediaType, toBase64(image.bytes));
}

function reference(image: ImageInput): JsonObject {
  return image.kind === "file-id" ? { file_id: image.id } : { image_url: urlOf(image) };
}

function formFields(members: JsonObject): readonly NewPart[] {
  return Object.entries(members).flatMap(([name, value]) => fieldParts(name, value));
}

function formFiles(images: readonly ImageInput[], mask: ImageInput | undefined): readonly NewPart[] {
  const name = images.length === 1 ? "image" : "image[]";
  const files = [
    ...images.map((image) => ({ name, image })),
    ...(mask === undefined ? [] : [{ name: "mask", image: mask }]),
  ];
  return files.flatMap(({ name: part, image }) =>
    image.kind === "bytes"
      ? [
          {
            name: part,
            bytes: image.bytes,
            filename: image.name ?? `${part}.png`,
            contentType: image.mediaType,
          },
        ]
      : [],
  );
}
