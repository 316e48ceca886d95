import type { Look } from "../compiler/render/paint.ts";
import { safeText } from "../compiler/render/safe-text.ts";
import type { Screen } from "./ui.ts";

/** A column of a table. */
export interface Column<Row> {
  readonly title: string;
  /** Whether its cells stand to the right. */
  readonly right?: boolean;
  readonly text: (row: Row) => string;
}

/** Lines of a table, its head first: aligned on a terminal, elsewhere the same cells between tabs. */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { terminal, paint }: Screen,
  lookOf: (row: Row) => Look | undefined = () => undefined,
): readonly string[] {
  const titles = columns.map(({ title }) => title);
  const cells = rows.map((row) => columns.map(({ text }) => safeText(text(row))));
  const widths = columns.map((_, index) =>
    [titles, ...cells].reduce((widest, line) => Math.max(widest, Bun.stringWidth(line[index] ?? "")), 0),
  );
  const lineOf = (line: readonly string[]): string => {
    if (!terminal) return line.join("\t");
    return line
      .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.right))
      .join("  ")
      .trimEnd();
  };
  return [
    paint(lineOf(titles), "bold"),
    ...rows.map((row, index) => {
      const look = lookOf(row);
      const line = lineOf(cells[index] ?? []);
      return look === undefined ? line : paint(line, look);
    }),
  ];
}

function pad(cell: string, width: number, right = false): string {
  const gap = " ".repeat(Math.max(0, width - Bun.stringWidth(cell)));
  return right ? gap + cell : cell + gap;
}
