import { modelKinds } from "../catalog/model-card.ts";
import { providerProfiles } from "../catalog/providers/index.ts";
import { parseMoney } from "../kernel/money.ts";
import { didYouMean, type FlagValues, flag, option, usageError } from "./args.ts";
import type { ListedModel } from "./listed-model.ts";

/** Flags that choose models. */
export const modelFlags = {
  provider: option("TYPE", "models of this provider type, such as openai"),
  kind: option("KIND", "models of this kind: chat, embedding, rerank, image, speech, transcription, …"),
  search: option("TEXT", "models whose id or name holds this text"),
  can: option(
    "LIST",
    "models known to have all of these: tools, vision, json-schema, reasoning, audio, files",
  ),
  "min-context": option("N", "models whose window holds so many tokens, such as 200000 or 200k"),
  "max-price": option("USD", "models whose million tokens of input cost this much today at most"),
  served: flag("models that are not retired"),
  configured: flag("the models that the config's targets use"),
};

type Test = (model: ListedModel) => boolean;

/** What `--can` may ask for. */
const ABILITIES: Readonly<Record<string, Test>> = {
  tools: ({ can }) => can.includes("tools"),
  "json-schema": ({ can }) => can.includes("json-schema"),
  reasoning: ({ can }) => can.includes("reasoning"),
  vision: ({ takes }) => takes.includes("image"),
  audio: ({ takes }) => takes.includes("audio"),
  files: ({ takes }) => takes.includes("file"),
};

/** A test for the models that the flags ask for. @throws LatchkeyError LK-6103 when one is not understood. */
export function readModelQuery(flags: FlagValues<typeof modelFlags>): Test {
  const tests: Test[] = [];
  const { provider, kind, search, can, served } = flags;
  if (provider !== undefined) tests.push(ofProvider(provider));
  if (kind !== undefined) tests.push(ofKind(kind));
  if (served) tests.push(({ state }) => state !== "retired");
  if (search !== undefined) tests.push(holding(search.toLowerCase()));
  if (can !== undefined) tests.push(...can.split(",").map((word) => ability(word.trim())));
  const context = flags["min-context"];
  if (context !== undefined) tests.push(atLeast(readTokens(context)));
  const price = flags["max-price"];
  if (price !== undefined) tests.push(atMost(readPrice(price)));
  return (model) => tests.every((test) => test(model));
}

/** The type that a flag names, as artifacts have it or as configs do: `azure-openai`, `azureOpenai`. */
function ofProvider(name: string): Test {
  const types = [...Object.keys(providerProfiles), "demo"];
  const type = types.find((known) => known === name || camelCase(known) === name);
  if (type === undefined) throw usageError(`There is no provider type "${name}"${didYouMean(name, types)}`);
  return ({ provider }) => provider === type;
}

function camelCase(type: string): string {
  return type.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function ofKind(name: string): Test {
  const kinds: readonly string[] = modelKinds;
  if (!kinds.includes(name))
    throw usageError(`--kind takes one of ${kinds.join(", ")}, not "${name}"${didYouMean(name, kinds)}`);
  return ({ kind }) => kind === name;
}

function holding(text: string): Test {
  return ({ id, name }) => id.toLowerCase().includes(text) || name?.toLowerCase().includes(text) === true;
}

function ability(word: string): Test {
  const test = Object.hasOwn(ABILITIES, word) ? ABILITIES[word] : undefined;
  if (test !== undefined) return test;
  const names = Object.keys(ABILITIES);
  throw usageError(`--can takes some of ${names.join(", ")}, not "${word}"${didYouMean(word, names)}`);
}

function readTokens(text: string): number {
  const match = /^(\d+)(k|m)?$/i.exec(text);
  const unit = match?.[2]?.toLowerCase();
  if (match !== null) return Number(match[1]) * (unit === "m" ? 1_000_000 : unit === "k" ? 1_000 : 1);
  throw usageError(`--min-context takes a number of tokens such as 200000 or 200k, not "${text}"`);
}

function readPrice(text: string): number {
  const nano = parseMoney(`${text} USD`);
  if (nano !== undefined) return nano;
  throw usageError(`--max-price takes US dollars such as 0.5, not "${text}"`);
}

/** Unknown is neither enough nor cheap. */
function atLeast(tokens: number): Test {
  return ({ contextWindow }) => contextWindow !== null && contextWindow >= tokens;
}

function atMost(nano: number): Test {
  return ({ price }) => price !== null && price.input !== null && price.input <= nano;
}
