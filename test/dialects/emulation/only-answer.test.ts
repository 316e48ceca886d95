import { describe, expect, test } from "bun:test";
import type { ChatResponse } from "../../../src/canonical/chat-response.ts";
import type { StreamEvent } from "../../../src/canonical/stream-event.ts";
import { bothChanges } from "../../../src/dialects/emulation/both-changes.ts";
import { onlyAnswer } from "../../../src/dialects/emulation/only-answer.ts";
import { emulateStopTexts } from "../../../src/dialects/emulation/stop-texts.ts";

const text = { type: "text", text: "Sure." } as const;
const answer = { type: "text", text: '{"b":"q"}', isAnswer: true } as const;
const told = { type: "text", text: '{"b":"q"}' } as const;
const call = { type: "tool-call", id: "c", name: "look", arguments: "{}" } as const;
const thought = { type: "reasoning", text: "Hm." } as const;

const response = (...content: ChatResponse["choices"][number]["content"]): ChatResponse => ({
  id: "i",
  model: "m",
  choices: [{ index: 0, content, finishReason: "stop" }],
});

/** The events of parts one after the other, each text in two deltas. */
function events(...content: ChatResponse["choices"][number]["content"]): StreamEvent[] {
  const parts = content.flatMap((part, index): StreamEvent[] => {
    const at = { choice: 0, part: index };
    const words = part.type === "tool-call" ? part.arguments : "text" in part ? part.text : "";
    const kind =
      part.type === "text"
        ? { type: "text" as const, ...(part.isAnswer === true && { isAnswer: true as const }) }
        : part.type === "tool-call"
          ? { type: part.type, id: part.id, name: part.name }
          : { type: "reasoning" as const };
    return [
      { type: "part-start", ...at, content: kind },
      { type: "delta", ...at, text: words.slice(0, 3) },
      { type: "delta", ...at, text: words.slice(3) },
      { type: "part-end", ...at },
    ];
  });
  return [{ type: "start", id: "i", model: "m" }, ...parts, finish, { type: "end" }];
}
const finish: StreamEvent = { type: "finish", choice: 0, reason: "stop" };

function run(taken: readonly StreamEvent[], change = onlyAnswer): StreamEvent[] {
  const out: StreamEvent[] = [];
  const stream = change.stream((event) => out.push(event));
  for (const event of taken) stream.take(event);
  stream.close();
  return out;
}

describe("an answer that comes through a tool", () => {
  test.each([
    [[text, answer], [told]],
    [[answer, text], [told]],
    [[answer, answer], [told]],
    [
      [thought, text, call, answer],
      [thought, call, told],
    ],
    [[text], [text]],
    [
      [text, call, text],
      [text, call, text],
    ],
    [[thought], [thought]],
  ] as const)("of %j is %j, whole and streamed", (came, expected) => {
    expect(onlyAnswer.whole(response(...came))).toEqual(response(...expected));
    expect(run(events(...came))).toEqual(events(...expected));
  });

  test("is told as it comes, and so is what comes before any text", () => {
    const out: StreamEvent[] = [];
    const stream = onlyAnswer.stream((event) => out.push(event));
    const [start, begin, first, ...rest] = events(thought, text, answer);
    for (const event of [start, begin, first]) if (event !== undefined) stream.take(event);
    expect(out).toHaveLength(3);
    for (const event of rest.slice(0, 8)) stream.take(event);
    expect(out.at(-1)).toMatchObject({ type: "delta", part: 1, text: '{"b' });
  });

  test("tells nothing of a text where the stream is cut or fails before it is known", () => {
    const [start, begin, delta] = events(text);
    const cut = [start, begin, delta].filter((event) => event !== undefined);
    expect(run(cut)).toEqual([{ type: "start", id: "i", model: "m" }]);
    const error: StreamEvent = { type: "error", error: { kind: "server", message: "no" } };
    expect(run([...cut, error]).at(-1)).toEqual(error);
    expect(run([...cut, error])).toHaveLength(2);
  });

  test("has no probabilities of words that are not told", () => {
    const logprobs = [{ token: "Sure.", logprob: -1 }];
    const [start, ...rest] = events(text, answer);
    if (start === undefined) throw new Error("no start");
    const of: StreamEvent = { type: "logprobs", choice: 0, logprobs };
    const taken = [start, ...rest.slice(0, 2), of, ...rest.slice(2)];
    expect(run(taken)).toEqual(events(told));
    const choices = response(text, answer).choices.map((choice) => ({ ...choice, logprobs }));
    expect(onlyAnswer.whole({ ...response(), choices })).toEqual(response(told));
  });

  test("is looked through for stop texts after the words beside it are gone", () => {
    const stop = emulateStopTexts({ stop: ["Sure"] }, () => {});
    const change = bothChanges(onlyAnswer, stop);
    expect(change?.whole(response(text, answer))).toEqual(response(told));
    expect(run(events(text, answer), change)).toEqual(run(events(told), stop));
    expect(bothChanges(undefined, stop)).toBe(stop as never);
    expect(bothChanges(onlyAnswer, undefined)).toBe(onlyAnswer);
  });
});
