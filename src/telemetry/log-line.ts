/** A line of the log as it is before it is written. */
export interface LogLine {
  readonly time: string;
  readonly level: string;
  readonly event: string;
  readonly [field: string]: unknown;
}

/** Characters that a terminal could obey or that would turn the text around. */
const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
/** Texts that need no quotes. */
const PLAIN = /^[\w./:@%+-]+$/;

/** One line for a person: `12:34:56 error call-failed requestId=… error="…"`, in UTC. No control characters. */
export function toTextLine({ time, level, event, ...fields }: LogLine): string {
  const shown = Object.entries(fields).map(([name, value]) => `${quoted(name)}=${showValue(value)}`);
  return [time.slice(11, 19), level.padEnd(5), quoted(event), ...shown].join(" ");
}

function showValue(value: unknown): string {
  return typeof value === "string" ? quoted(value) : escaped(JSON.stringify(value) ?? "undefined");
}

function quoted(text: string): string {
  return PLAIN.test(text) ? text : escaped(JSON.stringify(text));
}

function escaped(json: string): string {
  return json.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
