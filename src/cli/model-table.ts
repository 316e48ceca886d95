import type { Look } from "../compiler/render/paint.ts";
import { formatUsd } from "../kernel/money.ts";
import type { ListedModel } from "./listed-model.ts";
import { type Column, tableLines } from "./table.ts";
import type { Screen } from "./ui.ts";

const COLUMNS: readonly Column<ListedModel>[] = [
  { title: "provider", text: ({ provider }) => provider },
  { title: "model", text: ({ id }) => id },
  { title: "context", right: true, text: ({ contextWindow }) => tokens(contextWindow) },
  { title: "output", right: true, text: ({ maxOutputTokens }) => tokens(maxOutputTokens) },
  { title: "in USD/M", right: true, text: ({ price }) => amount(price?.input ?? null) },
  { title: "out USD/M", right: true, text: ({ price }) => amount(price?.output ?? null) },
  { title: "else USD", text: units },
  { title: "since", text: ({ priceSince }) => priceSince ?? "-" },
  { title: "can", text: abilities },
  { title: "life", text: life },
];

/** Lines of the table of models; see `tableLines`. */
export function modelLines(models: readonly ListedModel[], screen: Screen): readonly string[] {
  return tableLines(COLUMNS, models, screen, ({ state }) => LOOKS[state]);
}

const LOOKS: Readonly<Record<ListedModel["state"], Look | undefined>> = {
  current: undefined,
  deprecated: "yellow",
  retired: "dim",
};

function tokens(count: number | null): string {
  return count === null ? "-" : count.toLocaleString("en-US");
}

function amount(nano: number | null): string {
  return nano === null ? "-" : formatUsd(nano);
}

/** What is paid by something else than tokens. */
const UNITS = [
  ["perRequest", "call"],
  ["perImage", "picture"],
  ["perAudioHour", "hour"],
  ["perMillionCharacters", "M characters"],
  ["perThousandSearches", "K searches"],
] as const;

function units({ price }: ListedModel): string {
  const words = UNITS.flatMap(([member, unit]) => {
    const nano = price?.[member] ?? null;
    return nano === null || (member === "perRequest" && nano === 0) ? [] : [`${formatUsd(nano)}/${unit}`];
  });
  return words.length === 0 ? "-" : words.join(", ");
}

function abilities({ kind, takes, can }: ListedModel): string {
  const senses = { image: "vision", audio: "audio", file: "files" } as const;
  const sensed = takes.flatMap((modality) =>
    modality in senses ? [senses[modality as keyof typeof senses]] : [],
  );
  const words = [...(kind === "chat" || kind === null ? [] : [kind]), ...can, ...sensed];
  return words.length === 0 ? "-" : words.join(",");
}

function life({ state, retiredOn, replacement }: ListedModel): string {
  const instead = replacement === undefined ? "" : `, use ${replacement}`;
  if (state === "retired") return `retired${retiredOn === undefined ? "" : ` ${retiredOn}`}${instead}`;
  if (state === "deprecated")
    return `deprecated${retiredOn === undefined ? "" : `, until ${retiredOn}`}${instead}`;
  return retiredOn === undefined ? "-" : `until ${retiredOn}${instead}`;
}
