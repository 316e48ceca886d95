import type {
  SpeechRequest,
  SpeechRequestField,
  SpeechResponse,
  SpeechStreamEvent,
} from "../../canonical/speech.ts";
import type { StreamDecoder } from "../dialect.ts";
import { parseError } from "../openai-chat/error.ts";
import { jsonBody } from "../task/json-body.ts";
import { fillPath } from "../task/path.ts";
import { TypedEventDecoder } from "../task/stream-decoder.ts";
import type { RenderedTask, TaskBody, TaskTraits } from "../task/task-dialect.ts";
import { readTaskUsage } from "../task/usage.ts";
import { speechUsage } from "./characters.ts";
import { mediaTypeOf } from "./formats.ts";
import { readQuirks } from "./quirks.ts";
import type { SpeechEgress, SpeechLoss } from "./speech-dialect.ts";

function renderRequest(request: SpeechRequest, traits: TaskTraits): RenderedTask<SpeechRequestField> {
  const { model: _, input, voice, isCustomVoice, instructions, format, speed, asEvents } = request;
  const quirks = readQuirks(traits);
  const losses: SpeechLoss[] = [];
  const lose = (field: SpeechRequestField, reason: string): void =>
    void losses.push({ path: { field }, isHarmless: false, reason });
  const lacks = (field: SpeechRequestField): boolean =>
    request[field] !== undefined && quirks.lacks.includes(field);
  if (lacks("instructions")) lose("instructions", "has no counterpart for this provider");
  if (lacks("speed")) lose("speed", "has no counterpart for this provider");
  const wanted = format ?? quirks.defaultFormat;
  if (format !== undefined && quirks.formats?.includes(format) === false)
    lose("format", `has to be one of ${quirks.formats.join(", ")} for this provider`);
  if (format === undefined && wanted !== undefined && wanted !== "mp3")
    losses.push({
      path: { field: "format" },
      isHarmless: true,
      isChanged: true,
      reason: `is \`${wanted}\`, since this provider has no \`mp3\``,
    });
  const streams = asEvents && quirks.hasEvents;
  const body = {
    ...request.extras,
    model: traits.upstreamModel,
    input,
    voice: isCustomVoice === true ? { id: voice } : voice,
    ...(instructions !== undefined && !lacks("instructions") && { instructions }),
    ...(wanted !== undefined && { response_format: wanted === "pcm" ? quirks.pcm : wanted }),
    ...(wanted === "pcm" && quirks.pcmMembers),
    ...(speed !== undefined && !lacks("speed") && { speed }),
    ...(streams && { stream_format: "sse" }),
  };
  return { path: fillPath(traits.path, traits.upstreamModel), ...jsonBody(body), losses, streams };
}

function parseResponse(
  answer: TaskBody,
  request: SpeechRequest,
  traits: TaskTraits,
): SpeechResponse | undefined {
  const { body, contentType } = answer;
  if (body.length === 0 || contentType.startsWith("application/json")) return undefined;
  const isAudio = contentType.startsWith("audio/");
  return {
    audio: body,
    mediaType: isAudio
      ? contentType
      : mediaTypeOf(request.format ?? readQuirks(traits).defaultFormat ?? "mp3"),
    usage: speechUsage(undefined, request.input),
  };
}

function decodeStream(
  { input }: SpeechRequest,
  _traits: TaskTraits,
  emit: (event: SpeechStreamEvent) => void,
): StreamDecoder {
  let end: SpeechStreamEvent | undefined;
  return new TypedEventDecoder({
    event: (type, { audio, audio_data: data = audio, usage }) => {
      if (type === "speech.audio.delta" && typeof data === "string")
        emit({ type: "audio", audio: Buffer.from(data, "base64") });
      if (type === "speech.audio.done")
        end = { type: "end", usage: speechUsage(readTaskUsage(usage), input) };
    },
    fail: (error) => emit({ type: "error", error }),
    close: () => {
      if (end !== undefined) emit(end);
    },
  });
}

/** Speech of OpenAI and of those who have its shape. Wire format: https://platform.openai.com/docs/api-reference/audio/createSpeech */
export const openai: SpeechEgress = {
  renderRequest,
  parseResponse,
  decodeStream,
  parseError,
};
