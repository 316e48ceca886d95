import type { ChatResponse } from "../../../src/canonical/chat-response.ts";
import type { AssistantPart } from "../../../src/canonical/content.ts";
import type { CallerDialectName } from "../../../src/dialects/dialect.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { readTold, readToldUsage } from "../support/told.ts";
import type { FeatureGroup } from "./asked.ts";

/** What a caller is told, as text and as the answer that it is. */
export interface Shown {
  readonly caller: CallerDialectName;
  /** The answer's JSON, and its words put together as its client puts them. */
  readonly text: string;
  readonly body: JsonObject;
}

/** Looks for something in what a caller is told. */
type Mark = (shown: Shown) => boolean;

/** Something that vendors can tell. */
export interface ToldFeature {
  readonly name: string;
  /** What a caller has to be told of an answer; nothing where the vendor has not told it. */
  readonly marks: (response: ChatResponse) => readonly Mark[];
  /** Text of what a caller is told that says it in a member of its own. */
  readonly native?: RegExp;
}

/** The words, however JSON writes them. */
const words =
  (text: string): Mark =>
  (shown) =>
    shown.text.includes(JSON.stringify(text).slice(1, -1));
const pattern =
  (found: RegExp): Mark =>
  (shown) =>
    found.test(shown.text);

type Of<Type extends AssistantPart["type"]> = Extract<AssistantPart, { readonly type: Type }>;

function parts<Type extends AssistantPart["type"]>(
  { choices }: ChatResponse,
  type: Type,
): readonly Of<Type>[] {
  return (choices[0]?.content ?? []).filter((part): part is Of<Type> => part.type === type);
}

/** The beginning of a text, up to its first line break, which some dialects set otherwise. */
const beginning = (text: string): string => (text.split("\n")[0] ?? "").slice(0, 20);
const named = (names: string, count: number): Mark => pattern(new RegExp(`"(${names})":${count}\\b`));

const content: readonly ToldFeature[] = [
  { name: "text", marks: (response) => parts(response, "text").map(({ text }) => words(beginning(text))) },
  {
    name: "thinking, or its summary",
    marks: (response) =>
      parts(response, "reasoning").flatMap(({ text }) => (text === "" ? [] : [words(beginning(text))])),
  },
  {
    name: "calls of tools",
    marks: (response) =>
      parts(response, "tool-call").flatMap(({ id, name }) => [words(`"${name}"`.slice(1, -1)), words(id)]),
  },
  {
    name: "parallel calls",
    marks: (response) => {
      const calls = parts(response, "tool-call");
      return calls.length < 2 ? [] : calls.map(({ id }) => words(id));
    },
  },
  {
    name: "refusal in words",
    marks: (response) => parts(response, "refusal").map(({ text }) => words(beginning(text))),
    native: /"refusal":/,
  },
  {
    name: "sources on the web",
    marks: (response) =>
      parts(response, "text").flatMap(({ citations = [] }) =>
        citations.flatMap(({ url = "" }) => (url === "" ? [] : [words(url)])),
      ),
  },
  {
    name: "sources among the request's files",
    marks: (response) =>
      parts(response, "text").flatMap(({ citations = [] }) =>
        citations.flatMap(({ url, quote, title }) => {
          const said = beginning(quote ?? title ?? "");
          return url !== undefined || said === "" ? [] : [words(said)];
        }),
      ),
  },
  {
    name: "pictures",
    marks: (response) =>
      parts(response, "image").flatMap(({ source }) =>
        source.kind === "base64" ? [words(source.data.slice(0, 24))] : [],
      ),
  },
  {
    name: "sound",
    marks: (response) =>
      parts(response, "spoken").flatMap(({ data }) => (data === undefined ? [] : [words(data.slice(0, 24))])),
  },
  {
    name: "probabilities of tokens",
    marks: ({ choices }) =>
      (choices[0]?.logprobs ?? []).slice(0, 1).map(({ logprob }) => words(String(logprob))),
  },
  {
    name: "several answers",
    marks: ({ choices }) =>
      choices.length === 1 ? [] : [({ caller, body }) => readTold[caller](body).length === choices.length],
  },
];

const ending =
  (reason: string, found: RegExp) =>
  ({ choices }: ChatResponse): readonly Mark[] =>
    choices[0]?.finishReason === reason ? [pattern(found)] : [];

const HELD = /"(content_filter|refusal|SAFETY|RECITATION|BLOCKLIST|PROHIBITED_CONTENT|SPII)"/;

const endings: readonly ToldFeature[] = [
  {
    name: "cut at the limit of tokens",
    marks: ending("length", /"(length|max_output_tokens|max_tokens|MAX_TOKENS)"/),
  },
  {
    name: "waits for tools",
    marks: (response) =>
      parts(response, "tool-call").length === 0
        ? []
        : ending("tool-calls", /"tool_calls"|"function_call"|"tool_use"|"functionCall"/)(response),
  },
  {
    name: "held back by a filter",
    marks: (response) => [...ending("content-filter", HELD)(response), ...ending("refusal", HELD)(response)],
  },
  {
    name: "stop text that was met",
    marks: ({ choices }) => {
      const text = choices[0]?.stopText;
      return text === undefined ? [] : [pattern(/"stop_sequence":"/)];
    },
  },
];

const usage: readonly ToldFeature[] = [
  {
    name: "tokens in and out",
    marks: ({ usage: used }) =>
      used === undefined
        ? []
        : [
            ({ caller, body }) => {
              const told = readToldUsage(caller, body);
              return told?.input === used.input && told.output === used.output;
            },
          ],
  },
  {
    name: "tokens read from the cache",
    marks: ({ usage: used }) =>
      (used?.cacheRead ?? 0) === 0
        ? []
        : [({ caller, body }) => readToldUsage(caller, body)?.cacheRead === used?.cacheRead],
  },
  {
    name: "tokens written to the cache",
    marks: ({ usage: used }) =>
      (used?.cacheWrite ?? 0) === 0
        ? []
        : [
            named(
              "cache_creation_input_tokens|cache_write_tokens|cache_creation_tokens",
              used?.cacheWrite ?? 0,
            ),
          ],
  },
  {
    name: "tokens of thinking",
    marks: ({ usage: used }) =>
      (used?.reasoning ?? 0) === 0
        ? []
        : [named("reasoning_tokens|thinking_tokens|thoughtsTokenCount", used?.reasoning ?? 0)],
  },
  {
    name: "service tier that has answered",
    marks: ({ serviceTier }) => (serviceTier === undefined ? [] : [pattern(/"service_?[tT]ier":"/)]),
  },
];

/** What is told, by groups. */
export const toldGroups: readonly FeatureGroup<ToldFeature>[] = [
  { title: "What an answer holds", features: content },
  { title: "How it ends", features: endings },
  { title: "What it used", features: usage },
];
