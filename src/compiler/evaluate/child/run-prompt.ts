import type { PromptMessage } from "../../../../sdk/config/prompt.ts";
import { createSlot, PromptMistake, type SlotSchema } from "../../../../sdk/config/slot.ts";
import type { Json } from "../../../kernel/json.ts";
import type { GraphMessage, GraphMistake, PromptOutcome } from "../graph.ts";
import { thrownText } from "./thrown-text.ts";

/** Uses of slots that are no values, after which a prompt function is stopped: it may wait for one to become another. */
const MAX_NOTES = 1_000;

/** Runs a prompt function on symbolic slots and answers its messages as data, and all that is wrong with it. */
export function runPrompt(
  run: (slot: unknown) => unknown,
  slots: SlotSchema,
  toSite: (stack: string) => string,
): PromptOutcome {
  const noted = new Set<PromptMistake>();
  let notes = 0;
  const note = (mistake: PromptMistake): void => {
    noted.add(mistake);
    if (++notes > MAX_NOTES) throw mistake;
  };
  const slotMistakes = (): readonly GraphMistake[] =>
    distinct([...noted].map((one) => describe(one, toSite)));
  try {
    const answer = run(createSlot(slots, 0, [], note));
    if (answer instanceof Promise) answer.catch(() => {});
    const problem = problemOf(answer);
    if (problem === undefined) {
      const messages = (answer as readonly PromptMessage[]).map((message) => writeMessage(message, toSite));
      return { messages, mistakes: slotMistakes() };
    }
    const mistakes = slotMistakes();
    const wrong = { code: "LK1407", message: problem, subject: "", candidates: [], site: "" };
    // What is made of a mistake is hardly ever a message; that a function is async has nothing to do with it.
    const isConsequence = mistakes.length > 0 && !(answer instanceof Promise);
    return { messages: [], mistakes: isConsequence ? mistakes : [...mistakes, wrong] };
  } catch (thrown) {
    const mistakes = slotMistakes();
    // What is thrown after a mistake may well come of it.
    return { messages: [], mistakes: mistakes.length > 0 ? mistakes : [describe(thrown, toSite)] };
  }
}

/** What is wrong with what a prompt function answers; undefined where it is a list of messages. */
function problemOf(answer: unknown): string | undefined {
  if (answer instanceof Promise) return "the prompt function answers a promise; it must not be async";
  if (!Array.isArray(answer)) return "the prompt function answers no list of messages";
  const stray = answer.findIndex((message) => !isMessage(message));
  return stray === -1 ? undefined : `item ${stray} of what the prompt function answers is no message`;
}

function distinct(mistakes: readonly GraphMistake[]): readonly GraphMistake[] {
  return [...new Map(mistakes.map((one) => [`${one.code} ${one.message} ${one.site}`, one])).values()];
}

function isMessage(value: unknown): value is PromptMessage {
  return typeof value === "object" && value !== null && Reflect.get(value, "kind") === "message";
}

function writeMessage({ role, parts, site }: PromptMessage, toSite: (stack: string) => string): GraphMessage {
  return { role, parts: parts as unknown as Json, site: toSite(site) };
}

function describe(thrown: unknown, toSite: (stack: string) => string): GraphMistake {
  const site = thrown instanceof Error ? toSite(thrown.stack ?? "") : "";
  if (isPromptMistake(thrown)) {
    const { code, message, subject, candidates } = thrown;
    return { code, message, subject, candidates, site };
  }
  const text = thrownText(thrown);
  const message = thrown instanceof Error ? `${thrown.name}: ${text}` : text;
  return { code: "LK1409", message, subject: "", candidates: [], site };
}

/** By name, since the config brings its own copy of the class. */
function isPromptMistake(thrown: unknown): thrown is PromptMistake {
  return thrown instanceof PromptMistake || (thrown instanceof Error && thrown.name === "PromptMistake");
}
