import type {
  ImageRequest,
  ImageRequestField,
  ImageResponse,
  ImageStreamEvent,
} from "../../canonical/image-generation.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { TaskDialect, TaskEgress } from "../task/task-dialect.ts";
import type { ImagesEnvelope } from "./envelope.ts";

/** The API for pictures. */
export type ImagesDialect = TaskDialect<
  ImageRequest,
  ImageResponse,
  ImageStreamEvent,
  ImageRequestField,
  ImagesEnvelope
>;

/** Speaks to vendors that make pictures. */
export type ImagesEgress = TaskEgress<ImageRequest, ImageResponse, ImageStreamEvent, ImageRequestField>;

/** Something of a request for pictures that a vendor has no words for. */
export type ImageLoss = Loss<ImageRequestField>;
