/** A table of ready-made texts: the first column is aligned left, the others right. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Renders a table for a terminal. */
export function renderText(table: Table): string {
  const widths = columnWidths(table);
  const line = (cells: readonly string[]): string => padded(cells, widths).join("  ").trimEnd();
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  return [table.title, "", line(table.columns), rule, ...table.rows.map(line)].join("\n");
}

/** Renders a table as Markdown, its title as a third-level heading. */
export function renderMarkdown(table: Table): string {
  const widths = columnWidths(table);
  const line = (cells: readonly string[]): string =>
    `| ${padded(cells.map(escapePipe), widths).join(" | ")} |`;
  const rule = table.columns.map((_, index) => (index === 0 ? ":---" : "---:"));
  return [
    `### ${table.title}`,
    "",
    line(table.columns),
    `| ${rule.join(" | ")} |`,
    ...table.rows.map(line),
  ].join("\n");
}

function columnWidths(table: Table): number[] {
  return table.columns.map((name, index) =>
    Math.max(name.length, ...table.rows.map((row) => row[index]?.length ?? 0)),
  );
}

function padded(cells: readonly string[], widths: readonly number[]): string[] {
  return widths.map((width, index) => {
    const cell = cells[index] ?? "";
    return index === 0 ? cell.padEnd(width) : cell.padStart(width);
  });
}

function escapePipe(cell: string): string {
  return cell.replaceAll("|", "\\|");
}
