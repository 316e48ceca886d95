import { headerLine } from "../http/exchange.ts";

/** How far a version has come. */
export interface VersionLifecycle {
  readonly status: "draft" | "published" | "deprecated" | "retired";
  /** Milliseconds since 1970; null: not said. */
  readonly deprecatedAtMs: number | null;
  readonly sunsetAtMs: number | null;
  /** Path of the version that follows; null: there is none. */
  readonly successorPath: string | null;
}

/**
 * Header lines that tell callers of a version that is left behind: `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and a
 * link to its successor (RFC 5829). Empty for others. RFC 9745 has no way to say "since some time", so that a version
 * which nobody has dated, as only retired ones can be, has no `Deprecation`.
 */
export function lifecycleLines(version: VersionLifecycle): string {
  const { status, deprecatedAtMs, sunsetAtMs, successorPath } = version;
  if (status !== "deprecated" && status !== "retired") return "";
  let lines = "";
  if (deprecatedAtMs !== null) lines += headerLine("deprecation", `@${Math.floor(deprecatedAtMs / 1000)}`);
  if (sunsetAtMs !== null) lines += headerLine("sunset", new Date(sunsetAtMs).toUTCString());
  if (successorPath !== null) lines += headerLine("link", `<${successorPath}>; rel="successor-version"`);
  return lines;
}

/** What takes the place of a version. */
export interface Successor {
  /** `name@version`. */
  readonly label: string;
  readonly path: string;
}

/** What callers of a retired version read. */
export function retirementWords(label: string, successor: Successor | null): string {
  const next = successor === null ? "" : `; ${successor.label} at ${successor.path} takes its place`;
  return `${label} has been retired${next}.`;
}
