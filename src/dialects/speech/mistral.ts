import type { SpeechRequest, SpeechRequestField, SpeechResponse } from "../../canonical/speech.ts";
import { parseError } from "../openai-chat/error.ts";
import { extraLosses } from "../task/fields.ts";
import { jsonBody, readJsonBody } from "../task/json-body.ts";
import { fillPath } from "../task/path.ts";
import type { RenderedTask, TaskBody, TaskTraits } from "../task/task-dialect.ts";
import { readTaskUsage } from "../task/usage.ts";
import { speechUsage } from "./characters.ts";
import { mediaTypeOf } from "./formats.ts";
import { openai } from "./openai.ts";
import type { SpeechEgress, SpeechLoss } from "./speech-dialect.ts";

function renderRequest(request: SpeechRequest, traits: TaskTraits): RenderedTask<SpeechRequestField> {
  const losses: SpeechLoss[] = extraLosses(request.extras);
  const lose = (field: SpeechRequestField, reason: string): void =>
    void losses.push({ path: { field }, isHarmless: false, reason });
  if (request.instructions !== undefined) lose("instructions", "has no counterpart in Mistral's API");
  if (request.speed !== undefined && request.speed !== 1)
    lose("speed", "has no counterpart in Mistral's API");
  if (request.format === "aac") lose("format", "has to be mp3, wav, pcm, flac or opus for Mistral");
  const body = {
    model: traits.upstreamModel,
    input: request.input,
    voice_id: request.voice,
    response_format: request.format ?? "mp3",
    stream: request.asEvents,
  };
  return {
    path: fillPath(traits.path, traits.upstreamModel),
    ...jsonBody(body),
    losses,
    streams: request.asEvents,
  };
}

function parseResponse(answer: TaskBody, request: SpeechRequest): SpeechResponse | undefined {
  const body = readJsonBody(answer);
  const audio = body?.["audio_data"];
  if (typeof audio !== "string" || audio === "") return undefined;
  return {
    audio: Buffer.from(audio, "base64"),
    mediaType: mediaTypeOf(request.format ?? "mp3"),
    usage: speechUsage(readTaskUsage(body?.["usage"]), request.input),
  };
}

/** Speech of Mistral: sound is base64 in JSON. Wire format: https://docs.mistral.ai/api/ (`/v1/audio/speech`) */
export const mistral: SpeechEgress = {
  renderRequest,
  parseResponse,
  // Its events have OpenAI's names; the sound stands in `audio_data`.
  ...(openai.decodeStream !== undefined && { decodeStream: openai.decodeStream }),
  parseError,
};
