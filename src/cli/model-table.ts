import type { Look } from "../compiler/render/paint.ts";
import { safeText } from "../compiler/render/safe-text.ts";
import { formatUsd } from "../kernel/money.ts";
import type { ListedModel } from "./listed-model.ts";
import type { Screen } from "./ui.ts";

interface Column {
  readonly title: string;
  readonly right?: boolean;
  readonly text: (model: ListedModel) => string;
}

const COLUMNS: readonly Column[] = [
  { title: "provider", text: ({ provider }) => provider },
  { title: "model", text: ({ id }) => id },
  { title: "context", right: true, text: ({ contextWindow }) => tokens(contextWindow) },
  { title: "output", right: true, text: ({ maxOutputTokens }) => tokens(maxOutputTokens) },
  { title: "in USD/M", right: true, text: ({ price }) => amount(price?.input ?? null) },
  { title: "out USD/M", right: true, text: ({ price }) => amount(price?.output ?? null) },
  { title: "since", text: ({ priceSince }) => priceSince ?? "-" },
  { title: "can", text: abilities },
  { title: "life", text: life },
];

/** Lines of a table, its head first: aligned on a terminal, elsewhere the same cells between tabs. */
export function modelLines(models: readonly ListedModel[], { terminal, paint }: Screen): readonly string[] {
  const titles = COLUMNS.map(({ title }) => title);
  const rows = models.map((model) => COLUMNS.map(({ text }) => safeText(text(model))));
  const widths = COLUMNS.map((_, index) =>
    Math.max(...[titles, ...rows].map((cells) => Bun.stringWidth(cells[index] ?? ""))),
  );
  const line = (cells: readonly string[]): string => {
    if (!terminal) return cells.join("\t");
    return cells
      .map((cell, index) => pad(cell, widths[index] ?? 0, COLUMNS[index]?.right))
      .join("  ")
      .trimEnd();
  };
  return [
    paint(line(titles), "bold"),
    ...rows.map((cells, index) => {
      const look = LOOKS[models[index]?.state ?? "current"];
      return look === undefined ? line(cells) : paint(line(cells), look);
    }),
  ];
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
  if (state === "retired") return `retired ${retiredOn}${instead}`;
  if (state === "deprecated")
    return `deprecated${retiredOn === undefined ? "" : `, until ${retiredOn}`}${instead}`;
  return retiredOn === undefined ? "-" : `until ${retiredOn}${instead}`;
}

function pad(cell: string, width: number, right = false): string {
  const gap = " ".repeat(Math.max(0, width - Bun.stringWidth(cell)));
  return right ? gap + cell : cell + gap;
}
