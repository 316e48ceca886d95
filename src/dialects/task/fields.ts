import type { Loss } from "../../canonical/loss.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { isJsonObject, type Json, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import { scanJsonObject } from "../../kernel/json-scan.ts";
import { scanError } from "../../kernel/scan-error.ts";
import { isMultipart } from "../multipart/boundary.ts";
import { type MultipartPart, parseMultipart, partText } from "../multipart/parse.ts";
import type { TaskBody } from "./task-dialect.ts";

/** A file of a form. */
export interface TaskFile {
  readonly bytes: Uint8Array;
  readonly name: string;
  /** Empty where the caller did not say. */
  readonly mediaType: string;
}

/** Members that are none of OpenAI's, which only vendors with its shape can be told. */
export interface TaskRest {
  /** Absent where there are none. */
  readonly extras?: JsonObject;
  /** Files that nobody has asked for, which nothing can be made of. */
  readonly losses: readonly Loss<never>[];
}

/** The members of a request, whether it came as JSON or as a form. All texts of a form are texts; JSON has types. */
export interface TaskFields {
  /** @throws LatchkeyError LK-2102, as all of these do where the member is not what it has to be. */
  readonly text: (name: string) => string | undefined;
  readonly required: (name: string) => string;
  readonly number: (name: string) => number | undefined;
  readonly whole: (name: string) => number | undefined;
  readonly flag: (name: string) => boolean;
  readonly choice: <T extends string>(name: string, choices: readonly T[]) => T | undefined;
  /** A list of texts; one text is a list of one. */
  readonly texts: (name: string) => readonly string[] | undefined;
  /** Any JSON value; texts of a form are read as JSON where they are such. */
  readonly value: (name: string) => unknown;
  /** Files of a form under `name` or `name[]`; none in JSON. */
  readonly files: (name: string) => readonly TaskFile[];
  /** Members beside these; in forms by their names as they were written. */
  readonly rest: (known: readonly string[]) => TaskRest;
}

/**
 * Reads the members of a request.
 * @throws LatchkeyError LK-2101 (no JSON), LK-2102, LK-2104 or LK-2108 (no form)
 */
export function readFields(input: TaskBody): TaskFields {
  return isMultipart(input.contentType) ? formFields(input) : jsonFields(input.body);
}

/** The error for a member that is missing or wrong. */
export function fieldError(param: string, text: string): LatchkeyError {
  return new LatchkeyError("LK-2102", `\`${param}\` ${text}.`, { param });
}

function twice(name: string): LatchkeyError {
  return new LatchkeyError("LK-2103", `\`${name}\` occurs twice.`, { param: name });
}

function jsonFields(body: Uint8Array): TaskFields {
  const scan = scanJsonObject(body, []);
  if (!scan.ok) throw scanError(scan, body);
  const parsed = tryParseJson(new TextDecoder().decode(body));
  const members = new Map(isJsonObject(parsed) ? Object.entries(parsed) : []);
  // Null is how clients leave a member out.
  const get = (name: string): Json | undefined => members.get(name) ?? undefined;
  return typedFields({
    get,
    list: (name) => {
      const value = get(name);
      return value === undefined || Array.isArray(value) ? value : [value];
    },
    files: () => [],
    raw: get,
    names: [...members.keys()].filter((name) => get(name) !== undefined),
  });
}

function formFields({ body, contentType }: TaskBody): TaskFields {
  const { parts } = parseMultipart(body, contentType);
  // Some readers of forms take `model[0]` for `model`; nobody shall be asked for another model than the key may use.
  if (parts.some(({ name }) => name.startsWith("model["))) throw twice("model");
  const under = (name: string): readonly MultipartPart[] =>
    parts.filter((part) => part.name === name || part.name === `${name}[]`);
  const texts = (name: string): readonly string[] | undefined => {
    const found = under(name).filter(({ filename }) => filename === undefined);
    return found.length === 0 ? undefined : found.map((part) => partText(body, part));
  };
  return typedFields({
    get: (name) => {
      const [found, second] = under(name);
      if (second !== undefined) throw twice(name);
      if (found?.filename !== undefined) throw fieldError(name, "has to be a field, not a file");
      return found && partText(body, found);
    },
    list: texts,
    files: (name) =>
      under(name).flatMap(({ filename, contentType: mediaType, span }) =>
        filename === undefined
          ? []
          : [{ bytes: body.subarray(span.start, span.end), name: filename, mediaType }],
      ),
    raw: (name) => {
      const found = parts.filter((part) => part.name === name && part.filename === undefined);
      const values = found.map((part) => partText(body, part));
      return values.length === 1 && !name.endsWith("[]") ? values[0] : values.length > 0 ? values : undefined;
    },
    names: [...new Set(parts.map(({ name }) => name))],
    isForm: true,
  });
}

interface Source {
  readonly get: (name: string) => unknown;
  readonly list: (name: string) => readonly unknown[] | undefined;
  readonly files: (name: string) => readonly TaskFile[];
  /** As it was sent, under its name as it was written. */
  readonly raw: (name: string) => Json | undefined;
  readonly names: readonly string[];
  readonly isForm?: true;
}

function typedFields(source: Source): TaskFields {
  const { get, list, files, isForm } = source;
  const text = (name: string): string | undefined => {
    const value = get(name);
    if (value === undefined || typeof value === "string") return value;
    throw fieldError(name, "has to be a text");
  };
  const number = (name: string): number | undefined => {
    const value = get(name);
    if (value === undefined) return undefined;
    const read = isForm && typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    if (typeof read === "number" && Number.isFinite(read)) return read;
    throw fieldError(name, "has to be a number");
  };
  return {
    text,
    number,
    files,
    required: (name) => {
      const value = text(name);
      if (value === undefined || value === "") throw fieldError(name, "is missing");
      return value;
    },
    whole: (name) => {
      const value = number(name);
      if (value === undefined || Number.isSafeInteger(value)) return value;
      throw fieldError(name, "has to be a whole number");
    },
    flag: (name) => readFlag(name, get(name), isForm === true),
    choice: (name, choices) => {
      const value = text(name);
      if (value === undefined) return undefined;
      const found = choices.find((choice) => choice === value);
      if (found === undefined) throw fieldError(name, `has to be one of: ${choices.join(", ")}`);
      return found;
    },
    texts: (name) => {
      const values = list(name);
      if (values === undefined) return undefined;
      return values.map((value, index) => {
        if (typeof value === "string") return value;
        throw fieldError(`${name}[${index}]`, "has to be a text");
      });
    },
    value: (name) => {
      const value = get(name);
      return isForm && typeof value === "string" ? (tryParseJson(value) ?? value) : value;
    },
    rest: (known) =>
      restOf(
        source.names.filter((name) => !known.includes(name.replace(/\[\]$/, ""))),
        source,
      ),
  };
}

function restOf(names: readonly string[], { raw, files }: Source): TaskRest {
  const losses = names
    .filter((name) => files(name).length > 0)
    .map((path) => ({ path, isHarmless: false, reason: "is a file that no provider has asked for" }));
  const extras = names.flatMap((name) => {
    const value = raw(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { losses, ...(extras.length > 0 && { extras: Object.fromEntries(extras) }) };
}

/** What shapes other than OpenAI's lose of a request's extras: all of them. */
export function extraLosses(extras: JsonObject = {}): Loss<never>[] {
  return Object.keys(extras).map((path) => ({
    path,
    isHarmless: false,
    reason: "is known to providers with OpenAI's API only",
  }));
}

/** Forms have texts only; clients write them as their language does. */
export function readFlag(name: string, value: unknown, isForm: boolean): boolean {
  if (value === undefined || value === null || value === false) return false;
  if (value === true) return true;
  if (isForm && typeof value === "string") {
    const word = value.toLowerCase();
    if (word === "true" || word === "1") return true;
    if (word === "false" || word === "0" || word === "") return false;
  }
  throw fieldError(name, "has to be true or false");
}
