import { formatDuration, parseDuration } from "../../kernel/duration.ts";
import { isDigest } from "../../kernel/hash.ts";
import { type NanoUsd, parseMoney } from "../../kernel/money.ts";
import type { GraphValue } from "../evaluate/graph.ts";
import type { Spot } from "../report.ts";
import { suggest } from "../suggest.ts";
import { parseDay } from "./day.ts";
import { parseNetwork } from "./network.ts";
import { lastName, type ReadContext, type Reader, text, wrongType } from "./reader.ts";

/** Timers count 2^31 - 1 milliseconds at most, which is a little more. */
const longestTimerMs: number = 24 * 86_400_000;

/** A length of time in milliseconds, within a range. */
export function duration(leastMs: number, mostMs: number = longestTimerMs): Reader<number> {
  return (value, at, context) => {
    const written = text(value, at, context);
    if (written === undefined) return undefined;
    const ms = parseDuration(written);
    const name = lastName(at);
    if (ms === undefined) {
      context.report.add("LK1308", `${name} is no length of time`, { at, ...unitSuggestion(written) });
      return undefined;
    }
    if (ms >= leastMs && ms <= mostMs) return ms;
    const range = `from ${formatDuration(leastMs)} to ${formatDuration(mostMs)}`;
    context.report.add("LK1308", `${name} is ${written}; it must be ${range}`, { at });
    return undefined;
  };
}

function unitSuggestion(written: string): { readonly suggestion?: string } {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(written);
  if (match === null) return {};
  const unit = (match[2] ?? "").toLowerCase();
  const meant = unit === "" ? "s" : UNITS[unit];
  return meant === undefined ? {} : { suggestion: `write "${match[1]}${meant}"` };
}

const UNITS: Readonly<Record<string, string>> = {
  ms: "ms",
  millis: "ms",
  milliseconds: "ms",
  s: "s",
  sec: "s",
  secs: "s",
  second: "s",
  seconds: "s",
  m: "m",
  min: "m",
  mins: "m",
  minute: "m",
  minutes: "m",
  h: "h",
  hr: "h",
  hour: "h",
  hours: "h",
  d: "d",
  day: "d",
  days: "d",
  w: "w",
  week: "w",
  weeks: "w",
};

/** An amount of money in nano-USD. */
export const money: Reader<NanoUsd> = (value, at, context) => {
  if (typeof value !== "string") return noMoney(value, at, context);
  const written = value;
  const nano = parseMoney(written);
  if (nano === undefined) {
    const amount = /^\s*(?:USD|\$)?\s*(\d+(?:\.\d{1,9})?)\s*(?:\$|USD)?\s*$/i.exec(written)?.[1];
    const suggestion = amount === undefined ? {} : { suggestion: `write "${amount} USD"` };
    context.report.add("LK1309", `${lastName(at)} is no amount of money`, { at, ...suggestion });
  }
  return nano;
};

/** Amounts are texts with their currency; of a number one can say how to write it. */
function noMoney(value: GraphValue, at: Spot, context: ReadContext): undefined {
  const wanted = 'an amount of money as a text, such as "1 USD"';
  const isAmount = typeof value === "number" && value >= 0 && parseMoney(`${value} USD`) !== undefined;
  return wrongType(value, at, wanted, context, isAmount ? `write "${value} USD"` : undefined);
}

/**
 * One of a few words.
 * @param what what the word is where its name alone does not tell, such as a role under an address
 */
export function oneOf<const Word extends string>(words: readonly Word[], what?: string): Reader<Word> {
  return (value, at, context) => {
    const written = text(value, at, context);
    if (written === undefined) return undefined;
    const found = words.find((word) => word === written);
    if (found !== undefined) return found;
    const meant = suggest(written, words);
    const list = words.map((word) => JSON.stringify(word)).join(", ");
    const name = what === undefined ? lastName(at) : `the ${what} of ${lastName(at)}`;
    context.report.add("LK1102", `${name} must be one of ${list}`, {
      at,
      ...(meant === undefined ? {} : { suggestion: `did you mean ${JSON.stringify(meant)}?` }),
    });
    return undefined;
  };
}

/** A network in CIDR form, as written. */
export const network: Reader<string> = (value, at, context) => {
  const written = text(value, at, context);
  if (written === undefined) return undefined;
  const outcome = parseNetwork(written);
  if (outcome.ok) return outcome.text;
  context.report.add("LK1310", `${lastName(at)} is no network: ${outcome.problem}`, {
    at,
    ...(outcome.meant === undefined ? {} : { suggestion: `write "${outcome.meant}"` }),
  });
  return undefined;
};

/** The first millisecond after a day in UTC. */
export const endOfDay: Reader<number> = (value, at, context) => {
  const written = text(value, at, context);
  if (written === undefined) return undefined;
  const start = parseDay(written);
  if (start !== undefined) return start + 86_400_000;
  context.report.add("LK1306", `${lastName(at)} is no day that exists`, { at });
  return undefined;
};

/** The first millisecond of a day in UTC. */
export const startOfDay: Reader<number> = (value, at, context) => {
  const written = text(value, at, context);
  if (written === undefined) return undefined;
  const start = parseDay(written);
  if (start !== undefined) return start;
  context.report.add("LK1306", `${lastName(at)} is no day that exists`, { at });
  return undefined;
};

/** The digest of a key. What is wrong with it is said without repeating it: it may be a key. */
export const keyDigest: Reader<string> = (value, at, context) => {
  const written = text(value, at, context);
  if (written === undefined) return undefined;
  if (isDigest(written)) return written;
  if (/lk_[a-z0-9]+_/i.test(written)) {
    context.report.add("LK1303", `${lastName(at)} is a key, not its digest`, { at, secret: true });
    return undefined;
  }
  const problem = digestProblem(written);
  context.report.add("LK1302", `${lastName(at)} is no digest: ${problem}`, {
    at,
    ...(/^sha256:/.test(written) ? {} : { secret: true }),
  });
  return undefined;
};

function digestProblem(written: string): string {
  if (!written.startsWith("sha256:")) return "it does not begin with sha256:";
  const digits = written.slice("sha256:".length);
  if (/[…]|\.\.\./.test(digits)) return "it is abbreviated";
  if (!/^[0-9a-fA-F]*$/.test(digits)) return "what follows sha256: is not hexadecimal";
  if (digits.length !== 64) return `it has ${digits.length} hex digits instead of 64`;
  return "its hex digits must be lower-case";
}

/** Name of a time zone as the machine's calendar knows it. */
export const timeZone: Reader<string> = (value, at, context) => {
  const written = text(value, at, context);
  if (written === undefined) return undefined;
  if (written === "UTC" || isTimeZone(written)) return written;
  const meant = suggest(written, Intl.supportedValuesOf("timeZone"));
  context.report.add("LK1315", `${lastName(at)} is no time zone`, {
    at,
    ...(meant === undefined ? {} : { suggestion: `did you mean "${meant}"?` }),
  });
  return undefined;
};

/** Offsets such as `+02:00` are understood by the calendar, too, but have no daylight saving. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
