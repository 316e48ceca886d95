import { addressFormats } from "./address-formats.ts";
import type { Random } from "./random.ts";
import { timeFormats } from "./time-formats.ts";

/** A value of `format`. Source: https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3 */
export interface StringFormat {
  readonly make: (random: Random) => string;
  /** Whether a text is of the format; strict enough to say no to what other validators refuse. */
  readonly matches: (text: string) => boolean;
}

const hex = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => random.below(16).toString(16)).join("");

const otherFormats: Readonly<Record<string, StringFormat>> = {
  uuid: {
    make: (random) =>
      `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-${random.pick([..."89ab"])}${hex(random, 3)}-${hex(random, 12)}`,
    matches: (text) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text),
  },
  "json-pointer": {
    make: (random) => `/items/${random.below(10)}`,
    matches: (text) => /^(?:\/(?:[^~/]|~[01])*)*$/.test(text),
  },
  regex: {
    make: (random) => `^[a-z]{${1 + random.below(9)}}$`,
    matches: isRegularExpression,
  },
};

const formats = { ...timeFormats, ...addressFormats, ...otherFormats };

/** A format by its name; `undefined` for those that are not known, which then say nothing. */
export function formatNamed(name: string | undefined): StringFormat | undefined {
  return name !== undefined && Object.hasOwn(formats, name) ? formats[name] : undefined;
}

function isRegularExpression(text: string): boolean {
  try {
    return new RegExp(text, "u") instanceof RegExp;
  } catch {
    return false;
  }
}
