import type { StreamEvent } from "../../canonical/stream-event.ts";
import type { ChatDialect, ChatEgress, StreamDecoder, TargetTraits } from "../dialect.ts";
import { unlessMalformed } from "../malformed-call.ts";
import type { AnswerChange } from "./answer-change.ts";

/**
 * A dialect whose answers are changed.
 * @param onEarlyEnd told where a changed stream is whole although the vendor has more to say
 */
export function changedDialect(
  { name, egress }: ChatDialect,
  change: AnswerChange,
  onEarlyEnd: () => void,
): ChatDialect {
  const changed: ChatEgress = {
    ...egress,
    parseResponse(body, traits) {
      const response = egress.parseResponse(body, traits);
      if (response === undefined || response.error !== undefined) return response;
      return unlessMalformed(() => change.whole(response));
    },
    decodeStream: (traits, emit) => decodeChanged(egress, change, { traits, emit, onEarlyEnd }),
  };
  return { name, egress: changed };
}

interface Decoding {
  readonly traits: TargetTraits;
  readonly emit: (event: StreamEvent) => void;
  readonly onEarlyEnd: () => void;
}

function decodeChanged(
  egress: ChatEgress,
  change: AnswerChange,
  { traits, emit, onEarlyEnd }: Decoding,
): StreamDecoder {
  let vendorIsOver = false;
  const changed = change.stream((event) => {
    emit(event);
    if (event.type === "end" && !vendorIsOver) onEarlyEnd();
  });
  const decoder = egress.decodeStream(traits, (event) => {
    if (event.type === "end" || event.type === "error") vendorIsOver = true;
    changed.take(event);
  });
  return {
    push: (bytes) => decoder.push(bytes),
    close() {
      vendorIsOver = true;
      decoder.close();
      changed.close();
    },
  };
}
