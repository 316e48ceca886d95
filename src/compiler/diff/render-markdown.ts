import { groupKeys, type KeyGroup, reachList, someOf } from "./key-groups.ts";
import { markdownBlock, markdownText } from "./markdown-text.ts";
import type { ChangePlan } from "./plan-change.ts";
import { type Change, effects } from "./plan-report.ts";
import { effectHeadings, summaryOf } from "./render-plan.ts";
import { countText, plural } from "./words.ts";

/** What the plan compares, as short hashes. */
export interface PlanEnds {
  /** Null: nothing. */
  readonly before: string | null;
  readonly after: string;
}

/** Characters that changes and keys may take, so that all of it goes into one comment of a pull request (65,536). */
const ROOM_FOR_CHANGES = 40_000;
const ROOM_FOR_KEYS = 16_000;
const MOST_DETAILS = 40;
const MOST_COLUMNS = 200;
const MOST_NAMES = 12;

/** A plan for a pull request, in GitHub's Markdown; the same plan always gives the same text. */
export function renderMarkdown(plan: ChangePlan, { before, after }: PlanEnds): string {
  const ends = `\`${before ?? "nothing"}\` → \`${after}\``;
  if (plan.changes.length === 0) return `## Latchkey plan: no change in effect\n\n${ends}\n`;
  const parts = [
    `## Latchkey plan: ${plan.verdict}`,
    `${ends}, ${summaryOf(plan)}`,
    ...changeSections(plan.changes),
    ...keySection(plan),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Sections by effect, until there is no more room. */
function changeSections(changes: readonly Change[]): readonly string[] {
  const fit = createRoom(ROOM_FOR_CHANGES);
  const sections = effects.flatMap((effect) => {
    const group = changes.filter((change) => change.effect === effect);
    if (group.length === 0) return [];
    const items = group.map(changeItem);
    const shown = items.slice(0, fit(items));
    const rest = moreLine(items.length - shown.length, "change");
    return [[`### ${effectHeadings[effect]}`, "", ...shown, ...rest].join("\n")];
  });
  return sections;
}

function changeItem({ subject, message, details = [] }: Change): string {
  const head = `- **${markdownText(subject)}**: ${markdownText(message)}`;
  if (details.length === 0) return head;
  const shown = details.slice(0, MOST_DETAILS).map((line) => shorten(line, MOST_COLUMNS));
  const rest = details.length - shown.length;
  const lines = rest > 0 ? [...shown, `… ${plural(rest, "more line")}`] : shown;
  return [
    head,
    `  <details><summary>${plural(details.length, "line")}</summary>`,
    "",
    ...markdownBlock(lines, "  "),
    "",
    "  </details>",
  ].join("\n");
}

/** A table of keys, those that are told the same in one row. */
function keySection({ keys }: ChangePlan): readonly string[] {
  if (keys.length === 0) return [];
  const groups = groupKeys(keys);
  const rows = groups.map(keyRow);
  const shown = rows.slice(0, createRoom(ROOM_FOR_KEYS)(rows));
  const left = groups.slice(shown.length).reduce((sum, group) => sum + group.keys.length, 0);
  return [
    [
      `<details><summary>${plural(keys.length, "key")} ${keys.length === 1 ? "is" : "are"} concerned</summary>`,
      "",
      "| key | gains | loses | limits | may break |",
      "| --- | --- | --- | --- | --- |",
      ...shown,
      ...(left > 0 ? ["", ...moreLine(left, "key")] : []),
      "",
      "</details>",
    ].join("\n"),
  ];
}

function keyRow({ keys, effect }: KeyGroup): string {
  const { change, gains, loses, limits, breaks } = effect;
  const names = someOf(keys, MOST_NAMES);
  const cells = [
    change === null ? names : `${names} (${change})`,
    ...[reachList(gains), reachList(loses), limits, breaks].map((lines) => someOf(lines, MOST_NAMES)),
  ];
  return `| ${cells.map((cell) => markdownText(shorten(cell, 2_000))).join(" | ")} |`;
}

/** Answers how many of some texts there is room for; what fits is taken off the room. */
function createRoom(characters: number): (texts: readonly string[]) => number {
  let left = characters;
  return (texts) => {
    const fits = texts.findIndex((text) => {
      left -= text.length + 1;
      return left < 0;
    });
    return fits === -1 ? texts.length : fits;
  };
}

function moreLine(count: number, noun: string): readonly string[] {
  return count > 0
    ? [`… ${countText(count)} more ${count === 1 ? noun : `${noun}s`}: \`latchkey plan --verbose\``]
    : [];
}

function shorten(line: string, columns: number): string {
  return line.length <= columns ? line : `${line.slice(0, columns - 1)}…`;
}
