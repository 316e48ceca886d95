import type { z } from "zod";

type RawIssue = z.core.$ZodRawIssue;

/** What a schema expects, in words. */
const expected: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

/** What is counted of it. */
const counted: Readonly<Record<string, string>> = {
  string: "characters",
  array: "entries",
  set: "entries",
  record: "members",
};

/**
 * One sentence about a field that does not match its schema, without what was sent. A schema's own words, where it has
 * some, go before these.
 */
export function explainIssue(issue: RawIssue): string {
  // JSON and queries have no such value: nothing was sent.
  if (issue.input === undefined) return "This field is missing.";
  switch (issue.code) {
    case "invalid_type":
      return `This has to be ${expected[issue.expected] ?? issue.expected}.`;
    case "unrecognized_keys":
      return "There is no such field.";
    case "too_small":
      return `This has to ${sizeOf(issue.origin, "at least", issue.minimum, issue.inclusive)}.`;
    case "too_big":
      return `This has to ${sizeOf(issue.origin, "at most", issue.maximum, issue.inclusive)}.`;
    case "invalid_value":
      return `This has to be ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}.`;
    case "invalid_format":
      return `This does not have the form that is needed (${issue.format}).`;
    case "not_multiple_of":
      return `This has to be a multiple of ${issue.divisor}.`;
    default:
      return "This is none of the values that are possible here.";
  }
}

function sizeOf(origin: string, bound: string, size: number | bigint, isInclusive = true): string {
  const unit = counted[origin];
  if (unit !== undefined) return `have ${bound} ${size} ${unit}`;
  if (isInclusive) return `be ${bound} ${size}`;
  return `be ${bound === "at least" ? "more" : "less"} than ${size}`;
}
