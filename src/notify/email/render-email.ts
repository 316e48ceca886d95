import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import { emailWords } from "./email-words.ts";

/** What an e-mail says. */
export interface EmailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Text of a member of an event's data, on one line; empty where it is not there. */
export type Member = (name: string) => string;

/** What the words of an event are: a headline, facts, and the path of the portal's page about it. */
export interface EmailWords {
  readonly subject: string;
  readonly intro: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly path: string | null;
}

/**
 * The e-mail of an event. Whatever its data holds stays text: on one line in the subject, escaped in HTML.
 * @param publicUrl where people reach the gateway; null: there is no link
 */
export function renderEmail(event: string, data: JsonObject, publicUrl: string | null): EmailText {
  const member: Member = (name) => oneLine(shown(data[name]));
  const words = emailWords(event, member);
  const facts = words.facts.filter(([, value]) => value !== "");
  const link =
    publicUrl === null || words.path === null ? null : `${publicUrl.replace(/\/+$/, "")}${words.path}`;
  const text = [
    words.intro,
    "",
    ...facts.map(([label, value]) => `${label}: ${value}`),
    ...(link === null ? [] : ["", link]),
    "",
  ];
  return {
    subject: words.subject.slice(0, 200),
    text: text.join("\n"),
    html: html(words.intro, facts, link),
  };
}

function html(intro: string, facts: EmailWords["facts"], link: string | null): string {
  const rows = facts.map(
    ([label, value]) =>
      `<tr><td style="padding-right:1em"><b>${escaped(label)}</b></td><td>${escaped(value)}</td></tr>`,
  );
  const anchor = link === null ? "" : `\n<p><a href="${escaped(link)}">${escaped(link)}</a></p>`;
  return `<!doctype html>\n<p>${escaped(intro)}</p>\n<table>\n${rows.join("\n")}\n</table>${anchor}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
}

function shown(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(shown).join(", ");
  if (!isJsonObject(value)) return String(value);
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined && inner !== null)
    .map(([name, inner]) => `${name} ${shown(inner) || "none"}`)
    .join("; ");
}

/** Line ends, other control characters and those that turn the direction of writing become spaces. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, " ")
    .trim()
    .slice(0, 1_000);
}
