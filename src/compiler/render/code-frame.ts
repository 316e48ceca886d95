import type { SourcePlace } from "../diagnostic.ts";
import type { Look, Paint } from "./paint.ts";
import { clip, endColumn, layOut, type ScreenLine, startColumn } from "./screen-line.ts";

/** How a frame is drawn. */
export interface FrameStyle {
  readonly paint: Paint;
  /** Look of the carets. */
  readonly mark: readonly Look[];
  /** Screen columns of a whole line of the frame. */
  readonly width: number;
  /** Lines shown before and after the one at fault. */
  readonly context: number;
}

/** Code units of a line that are looked at: enough for any screen, little of a minified file. */
const FAR = 1_000;

/**
 * Lines of source around a place with carets under what it covers; none where the source has no such line.
 * Blank lines at the edges are left out, and so are neighbours of a line too long to be shown from its start.
 */
export function codeFrame(
  lines: readonly string[],
  place: SourcePlace,
  gutter: number,
  style: FrameStyle,
): readonly string[] {
  const fault = lines[place.line - 1];
  if (fault === undefined) return [];
  const room = Math.max(20, style.width - gutter - 3);
  const near = Math.max(0, place.column - 1 - FAR);
  const screen = layOut(fault.slice(near, near + 2 * FAR));
  const marked = markedColumns(screen, place, near);
  const from = windowStart(screen, marked, room);
  const frame: string[] = [];
  for (const number of shownLines(lines, place.line, from > 0 ? 0 : style.context)) {
    const line = number === place.line ? screen : layOut((lines[number - 1] ?? "").slice(near, near + FAR));
    const text = clip(line, from, from + room);
    frame.push(`${style.paint(`${String(number).padStart(gutter)} │`, "dim")} ${text}`.trimEnd());
    if (number === place.line) frame.push(`${style.paint(`${" ".repeat(gutter)} │`, "dim")} ${carets()}`);
  }
  return frame;

  function carets(): string {
    const start = marked.start - from;
    const length = Math.max(1, Math.min(marked.end - marked.start, room - start));
    return " ".repeat(start) + style.paint("^".repeat(length), ...style.mark);
  }
}

/** Width of the widest line number that a frame at this place shows. */
export function gutterOf(place: SourcePlace, context: number): number {
  return String(place.line + context).length;
}

function markedColumns(screen: ScreenLine, place: SourcePlace, near: number): { start: number; end: number } {
  const unit = Math.max(0, place.column - 1 - near);
  const start = startColumn(screen, unit);
  const end = endColumn(screen, unit + Math.max(1, place.length ?? 1));
  return { start, end: Math.max(end, start + 1) };
}

/** First screen column shown: 0 where the line fits, else so that what leads up to the fault is seen. */
function windowStart(screen: ScreenLine, marked: { start: number; end: number }, room: number): number {
  if (screen.width <= room || marked.end < room) return 0;
  const covered = Math.min(marked.end - marked.start, room >> 1);
  return Math.max(0, Math.min(marked.start - ((room - covered) >> 1), screen.width - room + 1));
}

function shownLines(lines: readonly string[], line: number, context: number): readonly number[] {
  const isBlank = (number: number): boolean => (lines[number - 1] ?? "").trim() === "";
  let first = Math.max(1, line - context);
  let last = Math.min(lines.length, line + context);
  while (first < line && isBlank(first)) first++;
  while (last > line && isBlank(last)) last--;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
