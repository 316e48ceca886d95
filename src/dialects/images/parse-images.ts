import type { ImageInput } from "../../canonical/image-generation.ts";
import { standardBase64 } from "../../kernel/base64.ts";
import { isJsonObject } from "../../kernel/json.ts";
import { fieldError, type TaskFields, type TaskFile } from "../task/fields.ts";
import { sniffImage } from "./media-type.ts";

/** Pictures of one request at most. */
const MAX_IMAGES = 16;

/**
 * Pictures to be edited: files of a form under `image`, or in JSON a list `images` of URLs and file ids.
 * Wire format: https://platform.openai.com/docs/api-reference/images/createEdit
 */
export function parseImages(fields: TaskFields): readonly ImageInput[] {
  const files = fields.files("image");
  const listed = files.length > 0 ? undefined : fields.value("images");
  const images =
    listed === undefined
      ? files.map(fromFile)
      : list(listed).map((value, index) => fromJson(value, `images[${index}]`));
  if (images.length === 0) throw fieldError("image", "is missing: send the picture to be edited as a file");
  if (images.length > MAX_IMAGES) throw fieldError("image", `may hold ${MAX_IMAGES} pictures at most`);
  return images;
}

/** The picture whose transparent areas are to be edited. */
export function parseMask(fields: TaskFields): ImageInput | undefined {
  const [file, second] = fields.files("mask");
  if (second !== undefined) throw fieldError("mask", "has to be one picture");
  if (file !== undefined) return fromFile(file);
  const value = fields.value("mask");
  return value === undefined ? undefined : fromJson(value, "mask");
}

function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw fieldError("images", "has to be a list of pictures");
}

function fromFile({ bytes, name, mediaType }: TaskFile): ImageInput {
  const type = mediaType.startsWith("image/") ? mediaType : (sniffImage(bytes) ?? "application/octet-stream");
  return { kind: "bytes", bytes, mediaType: type, name };
}

function fromJson(value: unknown, path: string): ImageInput {
  const { image_url: url, file_id: id } = isJsonObject(value) ? value : {};
  if (typeof id === "string" && id !== "") return { kind: "file-id", id };
  if (typeof url !== "string" || url === "")
    throw fieldError(path, "has to have an `image_url` or a `file_id`");
  if (!url.startsWith("data:")) return { kind: "url", url };
  const [head = "", mediaType = ""] = /^data:(image\/[a-z0-9.+-]{1,40});base64,/.exec(url) ?? [];
  const data = head === "" ? undefined : standardBase64(url.slice(head.length));
  if (data === undefined)
    throw fieldError(`${path}.image_url`, "has to be a picture in base64 where it is a `data:` URL");
  return { kind: "bytes", bytes: Buffer.from(data, "base64"), mediaType };
}
