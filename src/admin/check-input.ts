import { LatchkeyError } from "../kernel/error.ts";

/** Entries of one page at most. */
const MAX_PAGE = 200;

/** Entries of one list at most. */
const MAX_LIST = 500;

const CONTROL = /[\p{Cc}\p{Cs}]/u;
const LINES = /[\n\r\t]/g;

/** A field of the request that is wrong. @param param its path */
export function wrongField(param: string, message: string): LatchkeyError {
  return new LatchkeyError("LK-2102", message, { param });
}

/**
 * A text on one line, 1 to 100 characters.
 * @throws LatchkeyError LK-2102
 */
export function checkName(name: string, param: string): void {
  const isName = name.trim() === name && name.length >= 1 && name.length <= 100 && !CONTROL.test(name);
  if (!isName) {
    throw wrongField(param, "A name has 1 to 100 characters, on one line and without spaces around it.");
  }
}

/**
 * A text that people read, up to 2,000 characters, perhaps on several lines.
 * @throws LatchkeyError LK-2102 where it is blank, too long or not plain text
 */
export function checkWords(text: string, param: string): void {
  const isWords = text.trim() !== "" && text.length <= 2_000 && !CONTROL.test(text.replace(LINES, " "));
  if (!isWords) throw wrongField(param, "Write 1 to 2,000 characters of plain text.");
}

/**
 * A whole number that can be counted exactly.
 * @throws LatchkeyError LK-2102
 */
export function checkCount(value: number, param: string, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw wrongField(param, `This has to be a whole number from ${least} on.`);
}

/**
 * A list without repetitions of at most 500 entries.
 * @throws LatchkeyError LK-2102
 */
export function checkList(list: readonly string[], param: string): void {
  if (list.length > MAX_LIST) throw wrongField(param, `The list has more than ${MAX_LIST} entries.`);
  const again = list.findIndex((entry, index) => list.indexOf(entry) !== index);
  if (again !== -1) throw wrongField(`${param}[${again}]`, "This is in the list already.");
}

/** What part of a list to give. */
export interface PageRequest {
  /** `next` of the page before; absent or null: from the beginning. */
  readonly after?: string | null;
  /** Entries at most, 1 to 200. */
  readonly limit: number;
}

/**
 * A page as the record store asks for it.
 * @throws LatchkeyError LK-2102
 */
export function checkPage({ after, limit }: PageRequest): {
  readonly limit: number;
  readonly after?: string;
} {
  if (!(Number.isSafeInteger(limit) && limit >= 1 && limit <= MAX_PAGE)) {
    throw wrongField("limit", `This has to be a whole number from 1 to ${MAX_PAGE}.`);
  }
  return after === undefined || after === null ? { limit } : { limit, after };
}
