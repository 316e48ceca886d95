import { safeText } from "./safe-text.ts";

/** One source line as it stands on a screen: what is shown, and which screen columns a range of it covers. */
export interface ScreenLine {
  readonly cells: readonly Cell[];
  /** Screen columns in all. */
  readonly width: number;
}

/** What a reader takes for one character. */
interface Cell {
  readonly text: string;
  /** Screen columns before it. */
  readonly column: number;
  readonly width: number;
  /** Code units of the source line before it. */
  readonly unit: number;
  /** Code units that it takes there. */
  readonly units: number;
}

const TAB_STOP = 4;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Lays out a source line: tabs become spaces, wide characters count twice, control characters are shown. */
export function layOut(line: string): ScreenLine {
  const cells: Cell[] = [];
  let column = 0;
  for (const { segment, index } of graphemes.segment(line)) {
    const text = segment === "\t" ? " ".repeat(TAB_STOP - (column % TAB_STOP)) : safeText(segment);
    const width = Bun.stringWidth(text);
    cells.push({ text, column, width, unit: index, units: segment.length });
    column += width;
  }
  return { cells, width: column };
}

/** Screen column at which the character begins that holds a code unit of the source line. */
export function startColumn(line: ScreenLine, unit: number): number {
  const last = line.cells.findLast((cell) => cell.unit <= unit);
  if (last === undefined) return 0;
  return unit < last.unit + last.units ? last.column : line.width;
}

/** Screen column behind the last character that begins before a code unit of the source line. */
export function endColumn(line: ScreenLine, unit: number): number {
  return line.cells.find((cell) => cell.unit >= unit)?.column ?? line.width;
}

/** The part of a line between two screen columns, with `…` where something was left out. */
export function clip(line: ScreenLine, from: number, to: number): string {
  if (from <= 0 && line.width <= to) return line.cells.map((cell) => cell.text).join("");
  if (line.width <= from) return line.width === 0 ? "" : "…";
  const left = from > 0 ? from + 1 : 0;
  const right = line.width > to ? to - 1 : to;
  const shown = line.cells.filter((cell) => cell.column >= left && cell.column + cell.width <= right);
  const gap = " ".repeat(Math.max(0, (shown[0]?.column ?? left) - left));
  return `${from > 0 ? "…" : ""}${gap}${shown.map((cell) => cell.text).join("")}${line.width > to ? "…" : ""}`;
}
