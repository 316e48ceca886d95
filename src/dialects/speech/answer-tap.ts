import { noTokens, type Usage } from "../../canonical/usage.ts";
import type { PassedAnswer, StreamTap } from "../passthrough.ts";
import { TaskStreamTap } from "../task/stream-tap.ts";
import type { TaskBody } from "../task/task-dialect.ts";
import { readTaskUsage } from "../task/usage.ts";
import type { SpeechEnvelope } from "./envelope.ts";

/** Checks that an answer that is passed on is no JSON, which would be no sound; what it used is the text. */
export function readAnswer({ body, contentType }: TaskBody, envelope: SpeechEnvelope): PassedAnswer {
  const isSound = body.length > 0 && !contentType.startsWith("application/json");
  return isSound ? { ok: true, usage: readTail(body, envelope) } : { ok: false };
}

/** Sound says nothing of its usage at its end either. */
export function readTail(_tail: Uint8Array, { characters }: SpeechEnvelope): Usage {
  return { ...noTokens, characters };
}

/** Watches sound pass by. Wire format: https://platform.openai.com/docs/api-reference/audio/speech-audio-done-event */
export function createTap({ characters }: SpeechEnvelope): StreamTap {
  return new TaskStreamTap({
    done: ["speech.audio.done"],
    needed: 1,
    readUsage: (usage) => ({ ...(readTaskUsage(usage) ?? noTokens), characters }),
  });
}
