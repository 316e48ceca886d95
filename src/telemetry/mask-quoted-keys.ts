/** Words after which vendors quote a credential in a sentence. A bare "key" or "token" is not one of them. */
const NAME =
  "(?:api[ _-]?|(?:access|secret|subscription|auth|authentication|authorization|bearer|session|refresh)[ _-])(?:key|token)|credentials?|password|passphrase";
/** `provided`, `you gave was`, `(secret)`. */
const BETWEEN = String.raw`(?:[ (]{1,2}(?:provided|given|received|passed|supplied|used|sent|you|gave|is|was|secret|token)\)?){0,3}`;
const QUOTE = "[\"'`“‘(\\[<]";
const MENTION = new RegExp(
  `(?<![A-Za-z])(?:${NAME})${BETWEEN}(\\s{0,4}[:=]\\s{0,4}${QUOTE}?|\\s${QUOTE}|\\s)([^\\s"'\`,;()<>[\\]“”‘’]+)`,
  "gi",
);

/** What vendors put in the place of the part of a key that they do not show. */
const HIDDEN = String.raw`(?:\*{3,}|•{2,}|\.{3}|…|[xX]{4,})`;
const KNOWN = "(?:sk|gsk|hf|r8|fw|xai|pplx|csk|nvapi|lk)[-_]";
/** A key that is known by its beginning, partly hidden. `sk-...` alone, as in instructions, is none. */
const STARRED_KNOWN = new RegExp(
  String.raw`(?<![A-Za-z0-9])${KNOWN}(?:[\w-]{0,64}${HIDDEN}[\w*•-]{2,}|[\w-]{2,64}${HIDDEN})`,
  "g",
);
/** Any other with stars between letters: `xa***9f`. */
const STARRED = /(?<![\w*-])[A-Za-z0-9][\w-]{0,64}\*{3,}[\w-]{2,}/g;

/** Punctuation that ends the sentence, not the key. An ellipsis is part of it. */
const SENTENCE_END = /(?:(?<!\.)[.:!?]|(?<=\.{3})\.)$/;

/** A text without the credentials that a sentence quotes, whole or partly hidden, whatever form they have. */
export function maskQuotedKeys(text: string, mask: string): string {
  const unstarred = text.replace(STARRED_KNOWN, mask).replace(STARRED, mask);
  return unstarred.replace(MENTION, (mention: string, separator: string, quoted: string) => {
    const key = quoted.replace(SENTENCE_END, "");
    const isKey = separator.trim() === "" ? isLongKey(key) : isLikeKey(key);
    if (!isKey) return mention;
    return mention.slice(0, mention.length - quoted.length) + mask + quoted.slice(key.length);
  });
}

/** Not a word of a sentence (`missing`, `read-only`), a number, an address or the name of a variable. */
function isLikeKey(text: string): boolean {
  if (/^(?:https?:.*|\d{1,15}|[A-Z]?[a-z]{1,22}|[A-Z]+(?:_[A-Z]+)+)$/.test(text)) return false;
  return text.length >= 16 || /\d|\*|•|…|\.{3}|^sk-/.test(text);
}

/** Where nothing but a space comes before it. */
function isLongKey(text: string): boolean {
  return text.length >= 12 && /\d/.test(text) && /[A-Za-z]/.test(text) && !/^https?:/i.test(text);
}
