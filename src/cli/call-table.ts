import type { Look } from "../compiler/render/paint.ts";
import { safeText } from "../compiler/render/safe-text.ts";
import { formatUsd } from "../kernel/money.ts";
import type { StoredCall } from "../stores/ports.ts";
import { columns } from "./command.ts";
import { shortened } from "./text.ts";
import type { Screen } from "./ui.ts";

interface Column {
  readonly title: string;
  /** Screen columns at least. */
  readonly width: number;
  readonly right?: boolean;
  readonly text: (call: StoredCall) => string;
}

/** UTF-16 units of a cell at most. What callers wrote, such as paths that lead nowhere, may be of any length. */
const CELL_LENGTH = 100;

const COLUMNS: readonly Column[] = [
  { title: "time", width: 24, text: ({ time }) => new Date(time).toISOString() },
  { title: "status", width: 6, text: ({ status }) => String(status) },
  { title: "ms", width: 7, right: true, text: ({ latencyUs }) => (latencyUs / 1_000).toFixed(1) },
  { title: "who", width: 20, text: ({ tenant, app }) => (tenant === null ? "-" : `${tenant}/${app ?? "-"}`) },
  { title: "what", width: 18, text: ({ endpoint, model, path }) => endpoint ?? model ?? path },
  { title: "target", width: 18, text: ({ target }) => target ?? "-" },
  {
    title: "tokens",
    width: 9,
    right: true,
    text: ({ usage }) => (usage === null ? "-" : `${usage.input}+${usage.output}`),
  },
  {
    title: "USD",
    width: 10,
    right: true,
    text: ({ costNanoUsd }) => (costNanoUsd === null ? "-" : formatUsd(costNanoUsd)),
  },
  { title: "request", width: 8, text: ({ requestId }) => requestId },
  { title: "error", width: 0, text: ({ errorCode }) => errorCode ?? "" },
];

/**
 * Makes a function that turns rows into lines: aligned on a terminal, with columns that only grow; elsewhere the
 * same cells between tabs. A cell that is too long for a table ends with `…`. The first line it answers is the head.
 */
export function createCallTable(screen: Screen): (rows: readonly StoredCall[]) => readonly string[] {
  const widths = COLUMNS.map(({ width }) => width);
  let headed = false;
  const layOut = (cells: readonly string[]): string => {
    if (!screen.terminal) return cells.join("\t");
    return cells
      .map((cell, index) => pad(cell, widths[index] ?? 0, COLUMNS[index]?.right === true))
      .join("  ")
      .trimEnd();
  };
  return (rows) => {
    const table = rows.map((row) => COLUMNS.map(({ text }) => shortened(safeText(text(row)), CELL_LENGTH)));
    for (const cells of table) {
      for (const [index, cell] of cells.entries())
        widths[index] = Math.max(widths[index] ?? 0, Bun.stringWidth(cell));
    }
    const lines = table.map((cells, index) => {
      const look = lookOf(rows[index]?.status ?? 200);
      return look === undefined ? layOut(cells) : screen.paint(layOut(cells), look);
    });
    if (headed || lines.length === 0) return lines;
    headed = true;
    return [screen.paint(layOut(COLUMNS.map(({ title }) => title)), "bold"), ...lines];
  };
}

/** Every field of one call, a line each. */
export function callDetails(call: StoredCall): readonly string[] {
  const { usage, time, ...rest } = call;
  const fields: Record<string, unknown> = {
    time: new Date(time).toISOString(),
    ...rest,
    ...Object.fromEntries(Object.entries(usage ?? {}).map(([kind, tokens]) => [`${kind} tokens`, tokens])),
  };
  return columns(
    Object.entries(fields).map(([name, value]) => [name, value === null ? "-" : safeText(String(value))]),
  );
}

function lookOf(status: number): Look | undefined {
  if (status >= 500) return "red";
  return status >= 400 ? "yellow" : undefined;
}

function pad(cell: string, width: number, right: boolean): string {
  const gap = " ".repeat(Math.max(0, width - Bun.stringWidth(cell)));
  return right ? gap + cell : cell + gap;
}
