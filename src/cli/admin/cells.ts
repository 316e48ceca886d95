/** A moment as a cell of a table shows it, in UTC and to the second. */
export function momentCell(timeMs: number | null): string {
  return timeMs === null ? "-" : `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}

/** Names as a cell of a table shows them; null: whatever there is. */
export function namesCell(names: readonly string[] | null, all = "all"): string {
  return names === null ? all : names.join(", ") || "none";
}
