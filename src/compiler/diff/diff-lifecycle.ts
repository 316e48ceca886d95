import type { ArtifactEndpoint } from "../../artifact/artifact.ts";
import type { Statement } from "./finding.ts";
import { arrow } from "./words.ts";

/** What is told of a version's end. */
export interface NamedLifecycle {
  readonly row: Pick<ArtifactEndpoint, "deprecatedAtMs" | "sunsetAtMs">;
  /** Name of what takes its place. */
  readonly successor: string | null;
}

/** What changes in what callers are told of a version's end. It goes on to work as its status says. */
export function diffLifecycle(
  noun: string,
  before: NamedLifecycle,
  after: NamedLifecycle,
): readonly Statement[] {
  const fields = [
    ["deprecated since", dayText(before.row.deprecatedAtMs), dayText(after.row.deprecatedAtMs)],
    ["sunset", dayText(before.row.sunsetAtMs), dayText(after.row.sunsetAtMs)],
    ["successor", before.successor ?? "none", after.successor ?? "none"],
  ] as const;
  return fields
    .filter(([, old, current]) => old !== current)
    .map(([words, old, current]) => ({
      kind: `${noun}-deprecation-changed`,
      effect: "safe",
      message: `${words} ${arrow(old, current)}`,
    }));
}

function dayText(ms: number | null): string {
  if (ms === null) return "none";
  const day = new Date(ms);
  return Number.isNaN(day.getTime()) ? "beyond all dates" : day.toISOString().slice(0, 10);
}
