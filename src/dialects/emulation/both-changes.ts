import type { AnswerChange, StreamChange } from "./answer-change.ts";

/** One change after the other, or the only one there is. */
export function bothChanges(
  first: AnswerChange | undefined,
  second: AnswerChange | undefined,
): AnswerChange | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return {
    whole: (response) => second.whole(first.whole(response)),
    stream(emit): StreamChange {
      const last = second.stream(emit);
      const changed = first.stream((event) => last.take(event));
      return {
        take: (event) => changed.take(event),
        close() {
          changed.close();
          last.close();
        },
      };
    },
  };
}
