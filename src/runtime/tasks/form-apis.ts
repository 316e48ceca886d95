import type { ImageStreamEvent } from "../../canonical/image-generation.ts";
import type { Usage } from "../../canonical/usage.ts";
import { images } from "../../dialects/images/index.ts";
import { moderations } from "../../dialects/moderations/index.ts";
import { speech } from "../../dialects/speech/index.ts";
import type { TaskDialect, TaskEnvelope } from "../../dialects/task/task-dialect.ts";
import { transcription } from "../../dialects/transcription/index.ts";
import type { RelayedEvent } from "../relay/relay-translated.ts";
import { inlineImages } from "./inline-images.ts";
import type { TaskApiName } from "./provider-api.ts";
import type { AnswerKind, Metered, TaskApi } from "./task-api.ts";

/** What a dialect does not say of itself. */
interface TaskRow<Event> {
  readonly name: TaskApiName;
  readonly answers: AnswerKind;
  readonly usageOf: (event: Event) => Usage | undefined;
}

/** An API in OpenAI's shape. */
function taskApi<Q, A extends Metered, Event extends RelayedEvent, F extends string, E extends TaskEnvelope>(
  { ingress, passthrough, egress }: TaskDialect<Q, A, Event, F, E>,
  { name, answers, usageOf }: TaskRow<Event>,
): TaskApi<Q, A, Event, F, E> {
  const rest = { canPass: () => true, adaptAnswer: () => undefined };
  const passing = { ...passthrough, ...rest, shape: "openai", answers, holdsWhole: false };
  return { name, ingress, egress, passing, usageOf };
}

const ofPicture = {
  answers: "json",
  usageOf: (event: ImageStreamEvent) => (event.type === "image" ? event.usage : undefined),
} as const;

/** `POST /v1/images/generations`. */
export const imagesApi = { ...taskApi(images, { name: "images", ...ofPicture }), inline: inlineImages };

/** `POST /v1/images/edits`. */
export const imageEditsApi = {
  ...taskApi(images, { name: "imageEdits", ...ofPicture }),
  inline: inlineImages,
};

/** `POST /v1/audio/speech`. */
export const speechApi = taskApi(speech, {
  name: "speech",
  answers: "sound",
  usageOf: (event) => (event.type === "end" ? event.usage : undefined),
});

/** `POST /v1/audio/transcriptions`. */
export const transcriptionApi = taskApi(transcription, {
  name: "transcription",
  answers: "text",
  usageOf: (event) => (event.type === "done" ? event.response.usage : undefined),
});

/** `POST /v1/audio/translations`. */
export const translationApi = { ...transcriptionApi, name: "translation" as const };

/** `POST /v1/moderations`. */
export const moderationsApi = taskApi(moderations, {
  name: "moderations",
  answers: "json",
  usageOf: () => undefined,
});
