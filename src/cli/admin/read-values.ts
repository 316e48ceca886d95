import { parseDay } from "../../compiler/read/day.ts";
import { parseDuration } from "../../kernel/duration.ts";
import { usageError } from "../args.ts";

const DAY_MS = 86_400_000;

/**
 * When something ends: after a duration from now on, or with a day (in UTC).
 * @param flag its name, for the words of the error
 * @throws LatchkeyError LK-6103
 */
export function readEnd(flag: string, text: string, nowMs: number): number {
  const ms = parseDuration(text);
  if (ms !== undefined) return nowMs + ms;
  const day = parseDay(text);
  if (day !== undefined) return day + DAY_MS;
  throw usageError(`--${flag} takes a time such as 90d or the last day as YYYY-MM-DD, not "${text}"`);
}

/**
 * When something began: a duration before now, or the beginning of a day (in UTC).
 * @throws LatchkeyError LK-6103
 */
export function readBegin(flag: string, text: string, nowMs: number): number {
  const ms = parseDuration(text);
  if (ms !== undefined) return Math.max(0, nowMs - ms);
  const day = parseDay(text);
  if (day !== undefined) return day;
  throw usageError(
    `--${flag} takes a time such as 1h, which is so long ago, or a day as YYYY-MM-DD, not "${text}"`,
  );
}

/** Milliseconds of a duration. @throws LatchkeyError LK-6103 */
export function readLength(flag: string, text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  throw usageError(`--${flag} takes a time such as 1d or 30m, not "${text}"`);
}

/** A whole number from 0 on; null where there is none. @throws LatchkeyError LK-6103 */
export function readCount(flag: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw usageError(`--${flag} takes a whole number, not "${text}"`);
}

/**
 * Names between commas; null where nothing is given. A dash alone is the empty list, which allows nothing.
 * @throws LatchkeyError LK-6103
 */
export function readNames(flag: string, text: string | undefined): string[] | null {
  if (text === undefined) return null;
  if (text === "-") return [];
  const names = text.split(",").map((name) => name.trim());
  if (names.every((name) => name !== "")) return names;
  throw usageError(`--${flag} takes names with commas between them, or - for none, not "${text}"`);
}

/** Without the members that are undefined. */
export function defined<Values extends object>(
  values: Values,
): { [Name in keyof Values]?: Exclude<Values[Name], undefined> } {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined);
  // The entries are the object's own.
  return Object.fromEntries(kept) as { [Name in keyof Values]?: Exclude<Values[Name], undefined> };
}

/** One of some words. @throws LatchkeyError LK-6103 */
export function readOneOf<const Word extends string>(
  flag: string,
  text: string,
  words: readonly Word[],
): Word {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw usageError(`--${flag} takes one of ${words.join(", ")}, not "${text}"`);
}

/** An application as `TENANT/APP`. @throws LatchkeyError LK-6103 */
export function readApp(flag: string, text: string): { readonly tenant: string; readonly app: string } {
  const [tenant = "", app = "", ...rest] = text.split("/");
  if (tenant !== "" && app !== "" && rest.length === 0) return { tenant, app };
  throw usageError(`--${flag} takes an application as TENANT/APP, not "${text}"`);
}
