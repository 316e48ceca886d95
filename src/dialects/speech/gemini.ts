import type { SpeechRequest, SpeechRequestField, SpeechResponse } from "../../canonical/speech.ts";
import { parseError } from "../gemini/error.ts";
import { extraLosses } from "../task/fields.ts";
import { geminiFailure, readGeminiAnswer } from "../task/gemini-answer.ts";
import { jsonBody, readJsonBody } from "../task/json-body.ts";
import { fillPath } from "../task/path.ts";
import type { RenderedTask, TaskBody, TaskFailure, TaskTraits } from "../task/task-dialect.ts";
import { speechUsage } from "./characters.ts";
import { mediaTypeOf } from "./formats.ts";
import type { SpeechEgress, SpeechLoss } from "./speech-dialect.ts";
import { wrapWav } from "./wav.ts";

/** The rate of OpenAI's `pcm`, and of Gemini's sound as it is documented. */
const USUAL_RATE = 24_000;

function renderRequest(request: SpeechRequest, traits: TaskTraits): RenderedTask<SpeechRequestField> {
  const { input, voice, instructions, format, speed } = request;
  const losses: SpeechLoss[] = extraLosses(request.extras);
  if (speed !== undefined && speed !== 1)
    losses.push({ path: { field: "speed" }, isHarmless: false, reason: "has no counterpart in Gemini" });
  if (format === undefined) {
    losses.push({
      path: { field: "format" },
      isHarmless: true,
      isChanged: true,
      reason: "is `wav`, since Gemini has no `mp3`",
    });
  } else if (format !== "wav" && format !== "pcm") {
    losses.push({
      path: { field: "format" },
      isHarmless: false,
      reason: "has to be `wav` or `pcm` for Gemini",
    });
  }
  if (request.isCustomVoice === true)
    losses.push({
      path: { field: "voice" },
      isHarmless: false,
      reason: "has to be the name of one of Gemini's voices",
    });
  // How to speak is said in words before the text: https://ai.google.dev/gemini-api/docs/speech-generation#controllable
  const text = instructions === undefined ? input : `${instructions}: ${input}`;
  const body = {
    contents: [{ role: "user", parts: [{ text }] }],
    generationConfig: {
      responseModalities: ["AUDIO"],
      speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: voice } } },
    },
  };
  const path = `${fillPath(traits.path, traits.upstreamModel)}:generateContent`;
  return { path, ...jsonBody(body), losses, streams: false };
}

/** Sound comes raw, as `audio/L16;codec=pcm;rate=24000`; in spite of that type's name it is little-endian. */
function parseResponse(answer: TaskBody, request: SpeechRequest): SpeechResponse | TaskFailure | undefined {
  const body = readJsonBody(answer);
  if (body === undefined) return undefined;
  const read = readGeminiAnswer(body);
  const pieces = read.inline.filter(({ mediaType }) => mediaType.startsWith("audio/"));
  const [first] = pieces;
  if (first === undefined)
    return "candidates" in body || "promptFeedback" in body ? { failure: geminiFailure(read) } : undefined;
  const rate = Number(/rate=(\d{4,6})/.exec(first.mediaType)?.[1] ?? USUAL_RATE);
  const pcm = Buffer.concat(pieces.map(({ data }) => Buffer.from(data, "base64")));
  const usage = speechUsage(read.usage, request.input);
  // Raw sound of another rate would be played too fast or too slow.
  if (request.format === "pcm" && rate === USUAL_RATE)
    return { audio: pcm, mediaType: mediaTypeOf("pcm"), usage };
  if (request.format === "pcm") return undefined;
  return { audio: wrapWav(pcm, rate), mediaType: mediaTypeOf("wav"), usage };
}

/** Speech of Gemini. Wire format: https://ai.google.dev/gemini-api/docs/speech-generation */
export const gemini: SpeechEgress = { renderRequest, parseResponse, parseError };
