import { copyBytes } from "../../kernel/bytes.ts";
import type { Rewrite } from "../passthrough.ts";
import type { ChatEnvelope } from "./envelope.ts";

const encoder = new TextEncoder();
const ASK_FOR_USAGE = encoder.encode(`"stream_options":{"include_usage":true},`);

/** The request's bytes for one target: another model id, usage asked for, all else as it came. */
export function rewrite(request: ChatEnvelope, target: Rewrite): Uint8Array {
  const { body, modelSpan } = request;
  const ask = target.askForUsage && request.stream && !request.includeUsage;
  const edits = [{ start: modelSpan.start, end: modelSpan.end, bytes: target.modelJson }];
  if (!ask) return splice(body, edits);
  if (request.streamOptionsSpan === undefined) {
    edits.push({ start: request.open, end: request.open, bytes: ASK_FOR_USAGE });
  } else {
    const options = { ...request.streamOptions, include_usage: true };
    edits.push({ ...request.streamOptionsSpan, bytes: encoder.encode(JSON.stringify(options)) });
  }
  return splice(body, edits);
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly bytes: Uint8Array;
}

function splice(body: Uint8Array, edits: Edit[]): Uint8Array {
  let length = body.length;
  for (const edit of edits) length += edit.bytes.length - (edit.end - edit.start);
  const result = new Uint8Array(length);
  if (edits.length > 1) edits.sort((a, b) => a.start - b.start);
  let from = 0;
  let to = 0;
  for (const { start, end, bytes } of edits) {
    copyBytes(body, from, start, result, to);
    to += start - from;
    result.set(bytes, to);
    to += bytes.length;
    from = end;
  }
  copyBytes(body, from, body.length, result, to);
  return result;
}
