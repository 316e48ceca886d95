import { findCredentials, type TextRange } from "./credential-shapes.ts";
import { findRandomTokens } from "./random-tokens.ts";

/** What stands in the place of a secret in a message. */
const MASK = "[masked]";
/** Names of environment variables whose values are secrets. */
const SECRET_NAME =
  /(?:^|_)(?:KEYS?|TOKENS?|SECRETS?|PASSWORDS?|PASSWD|PWD|CREDENTIALS?|AUTH|COOKIES?|DSN)(?:$|_)/i;
/** Shorter values are too likely to be found by chance. */
const LEAST_LENGTH = 6;

/** Masks what may be a secret in a text that is shown. */
export type SecretMask = (text: string) => string;

/**
 * A mask for messages: credentials by their form, tokens that look random, and the values of variables that are
 * named like secrets. A config sees none of those variables, but it may read the file they come from.
 */
export function createSecretMask(environment: Readonly<Record<string, string | undefined>>): SecretMask {
  const values = Object.entries(environment)
    .flatMap(([name, value]) => (SECRET_NAME.test(name) && value !== undefined ? [value] : []))
    .filter((value) => value.length >= LEAST_LENGTH && !/^(?:\/|true$|false$|\d+$)/.test(value))
    .sort((a, b) => b.length - a.length);
  return (text) => {
    const known = values.reduce((masked, value) => masked.replaceAll(value, MASK), text);
    return replace(known, secretRanges(known), () => MASK);
  };
}

/** A source line in which what may be a secret is starred, so that columns stay where they are. */
export function starSecrets(line: string): string {
  return replace(line, secretRanges(line), ({ start, end }) => "*".repeat(end - start));
}

/** Digests are made to be shown. */
function secretRanges(text: string): readonly TextRange[] {
  const random = findRandomTokens(text).filter(({ start }) => !/sha\d+[:-]$/.test(text.slice(0, start)));
  return [...findCredentials(text), ...random];
}

function replace(text: string, ranges: readonly TextRange[], by: (range: TextRange) => string): string {
  let shown = "";
  let from = 0;
  for (const range of ranges.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (range.end <= from) continue;
    const start = Math.max(from, range.start);
    shown += text.slice(from, start) + by({ start, end: range.end });
    from = range.end;
  }
  return shown + text.slice(from);
}
