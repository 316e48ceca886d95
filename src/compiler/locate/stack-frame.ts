/** A position in the bundle, from a stack text. */
export interface BundlePosition {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/**
 * Environment of the process that runs the bundle. JavaScriptCore drops the caller's frame where a function ends
 * in a call, and with it the one frame that says where `const text = (name) => endpoint({ … })` stands.
 */
export const stackEnvironment: Readonly<Record<string, string>> = { BUN_JSC_useTailCalls: "0" };

const POSITION = /^(?:\?[^:]*)?:(\d+):(\d+)\)?$/;

/**
 * Positions in the bundle that a stack text names, innermost first. JavaScriptCore writes a frame as
 * `    at name (path:line:column)`, or without name and parentheses for a module's own code; a path may itself
 * hold spaces, colons and parentheses, so the bundle's path is looked for, not parsed. A call's position is the
 * one of its callee's last name: of `by` in `approval.by("owner")`.
 */
export function bundlePositions(stack: string, bundlePath: string): readonly BundlePosition[] {
  const positions: BundlePosition[] = [];
  for (const line of stack.split("\n")) {
    const found = line.lastIndexOf(bundlePath);
    if (found === -1 || !line.trimStart().startsWith("at ")) continue;
    const match = POSITION.exec(line.slice(found + bundlePath.length).trimEnd());
    if (match !== null) positions.push({ line: Number(match[1]), column: Number(match[2]) });
  }
  return positions;
}
