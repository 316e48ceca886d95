import type { StringFormat } from "./formats.ts";
import type { Random } from "./random.ts";

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2026, 0, 1);

const two = (value: number): string => String(value).padStart(2, "0");
const makeDate = (random: Random): string =>
  new Date(FIRST_DAY + random.below(365) * DAY_MS).toISOString().slice(0, 10);
const makeTime = (random: Random): string =>
  `${two(random.below(24))}:${two(random.below(60))}:${two(random.below(60))}Z`;

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;
const DURATION = /^P(?!$)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/;

/** Formats of dates and times. Source: https://www.rfc-editor.org/rfc/rfc3339 */
export const timeFormats: Readonly<Record<string, StringFormat>> = {
  date: { make: makeDate, matches: isDate },
  time: { make: makeTime, matches: (text) => TIME.test(text) },
  "date-time": {
    make: (random) => `${makeDate(random)}T${makeTime(random)}`,
    matches: (text) => isDate(text.slice(0, 10)) && /^T$/i.test(text.charAt(10)) && TIME.test(text.slice(11)),
  },
  duration: {
    make: (random) => `P${1 + random.below(30)}DT${1 + random.below(23)}H`,
    matches: (text) => DURATION.test(text),
  },
};

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
