/** Lines compared at most on each side after what both have in common at the ends; beyond, all count as changed. */
const MOST_LINES = 500;

/** Lines that differ, in their order: `- old`, `+ new`. Empty where there is no difference. */
export function lineDiff(before: readonly string[], after: readonly string[]): readonly string[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end++;
  return middle(before.slice(start, before.length - end), after.slice(start, after.length - end));
}

function middle(before: readonly string[], after: readonly string[]): readonly string[] {
  if (before.length > MOST_LINES || after.length > MOST_LINES)
    return [...before.map(gone), ...after.map(come)];
  const kept = commonLengths(before, after);
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, current] = [before[i], after[j]];
    if (old !== undefined && old === current) {
      i++;
      j++;
    } else if (old !== undefined && (current === undefined || at(kept, i + 1, j) >= at(kept, i, j + 1))) {
      lines.push(gone(old));
      i++;
    } else if (current !== undefined) {
      lines.push(come(current));
      j++;
    }
  }
  return lines;
}

/** Length of the longest common subsequence of what follows each pair of positions. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly Uint16Array[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const length =
        before[i] === after[j]
          ? at(lengths, i + 1, j + 1) + 1
          : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1));
      lengths[i]?.fill(length, j, j + 1);
    }
  }
  return lengths;
}

function at(lengths: readonly Uint16Array[], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0;
}

function gone(line: string): string {
  return `- ${line}`;
}

function come(line: string): string {
  return `+ ${line}`;
}
