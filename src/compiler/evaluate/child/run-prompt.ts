import type { PromptMessage } from "../../../../sdk/config/prompt.ts";
import { createSlot, PromptMistake, type SlotSchema } from "../../../../sdk/config/slot.ts";
import type { Json } from "../../../kernel/json.ts";
import type { GraphMessage, GraphMistake, PromptOutcome } from "../graph.ts";
import { thrownText } from "./thrown-text.ts";

/** Runs a prompt function on symbolic slots and answers its messages as data. */
export function runPrompt(
  run: (slot: unknown) => unknown,
  slots: SlotSchema,
  toSite: (stack: string) => string,
): PromptOutcome {
  const mistake = (code: string, message: string): PromptOutcome => ({
    ok: false,
    mistake: { code, message, subject: "", candidates: [], site: "" },
  });
  try {
    const answer = run(createSlot(slots, 0, []));
    if (answer instanceof Promise) {
      answer.catch(() => {});
      return mistake("LK1407", "the prompt function answers a promise; it must not be async");
    }
    if (!Array.isArray(answer)) return mistake("LK1407", "the prompt function answers no list of messages");
    const stray = answer.findIndex((message) => !isMessage(message));
    if (stray !== -1) {
      return mistake("LK1407", `item ${stray} of what the prompt function answers is no message`);
    }
    return { ok: true, messages: answer.map((message) => writeMessage(message, toSite)) };
  } catch (thrown) {
    return { ok: false, mistake: describeMistake(thrown, toSite) };
  }
}

function isMessage(value: unknown): value is PromptMessage {
  return typeof value === "object" && value !== null && Reflect.get(value, "kind") === "message";
}

function writeMessage({ role, parts, site }: PromptMessage, toSite: (stack: string) => string): GraphMessage {
  return { role, parts: parts as unknown as Json, site: toSite(site) };
}

function describeMistake(thrown: unknown, toSite: (stack: string) => string): GraphMistake {
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
