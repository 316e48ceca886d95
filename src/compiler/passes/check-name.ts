import type { Report, Spot } from "../report.ts";

/** What may be a name, and how a near miss is put right. */
interface NameRule {
  readonly fits: (name: string) => boolean;
  /** Characters that cannot stand in a name, in runs. */
  readonly strange: RegExp;
  readonly longest: number;
  readonly words: string;
}

/** Names stand in paths, and keys of objects that programs refer to. */
const IDENTIFIER: NameRule = {
  fits: (name) => /^[a-zA-Z][a-zA-Z0-9-]{0,62}$/.test(name),
  strange: /[^a-zA-Z0-9]+/g,
  longest: 63,
  words: "begins with a letter and holds letters, digits and dashes, 63 characters at most",
};

/** Callers may use the names of vendors: `gpt-4.1`, `meta-llama/Llama-3.1-8B`, `llama3:8b`. */
const MODEL: NameRule = {
  fits: (name) =>
    name.length <= 128 &&
    !name.includes("..") &&
    name.split("/").every((part) => /^[a-zA-Z0-9](?:[a-zA-Z0-9._:-]*[a-zA-Z0-9])?$/.test(part)),
  strange: /[^a-zA-Z0-9._:/-]+/g,
  longest: 128,
  words: "holds letters and digits, and between them . _ - : and /, 128 characters at most",
};

/** What every object has. */
const RESERVED: ReadonlySet<string> = new Set(
  "constructor prototype hasOwnProperty isPrototypeOf propertyIsEnumerable toString toLocaleString valueOf then".split(
    " ",
  ),
);
/** What the typed client has beside the endpoints, or must not have: see `sdk/client/client.ts`. */
const RESERVED_ENDPOINTS: ReadonlySet<string> = new Set(["chat", "models", "endpoint", "toJSON"]);

/** Checks a name under which something is handed over; `record` is the option that it stands in. */
export function checkName(record: string, name: string, at: Spot, report: Report): void {
  const quoted = JSON.stringify(name);
  if (name === "__proto__") {
    const message = `${quoted} cannot be a name: in an object it says what the object inherits from`;
    report.add("LK1105", message, { at, part: "key" });
  } else if (RESERVED.has(name)) {
    report.add("LK1105", `${quoted} is a reserved name`, { at, part: "key" });
  } else if (record === "endpoints" && RESERVED_ENDPOINTS.has(name)) {
    report.add("LK1105", `the typed client keeps the name ${quoted} for itself`, {
      at,
      part: "key",
      suggestion: `write another name, such as ${written(`${name}-answer`)}`,
    });
  } else checkForm(record, name, at, report);
}

function checkForm(record: string, name: string, at: Spot, report: Report): void {
  const rule = record === "models" ? MODEL : IDENTIFIER;
  if (rule.fits(name)) return;
  const isTaken = (other: string): boolean =>
    RESERVED.has(other) || (record === "endpoints" && RESERVED_ENDPOINTS.has(other));
  const meant = meantNames(rule, name).find((other) => rule.fits(other) && !isTaken(other));
  report.add("LK1104", `${JSON.stringify(name)} cannot be a name`, {
    at,
    part: "key",
    notes: [{ message: `a name here ${rule.words}` }],
    ...(meant === undefined ? {} : { suggestion: `write ${written(meant)}` }),
  });
}

/** The nearest names in the same letters, which may be none after all; none where letters would be lost. */
function meantNames({ strange, longest }: NameRule, name: string): readonly string[] {
  const latin = [...name.normalize("NFKD").replace(/\p{M}/gu, "")]
    .map((letter) => LATIN[letter] ?? letter)
    .join("");
  if (/[^\p{ASCII}\P{L}]/u.test(latin)) return [];
  const meant = latin
    .replace(strange, "-")
    .replace(/\.{2,}/g, ".")
    .split("/")
    .map((part) => part.replace(/^[^a-zA-Z0-9]+|[^a-zA-Z0-9]+$/g, ""))
    .filter((part) => part !== "")
    .join("/")
    .slice(0, longest);
  return [meant, meant.replace(/^[^a-zA-Z]+/, "")];
}

/** Letters that do not fall apart into a Latin one and a mark. */
const LATIN: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  Æ: "Ae",
  œ: "oe",
  Œ: "Oe",
  ø: "o",
  Ø: "O",
  đ: "d",
  Đ: "D",
  ð: "d",
  þ: "th",
  ł: "l",
  Ł: "L",
  ı: "i",
};

/** A name as it is written as the key of an object. */
function written(name: string): string {
  return /^[a-zA-Z][a-zA-Z0-9]*$/.test(name) ? `\`${name}\`` : `\`${JSON.stringify(name)}\``;
}
