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
 * link to its successor (RFC 5829). Empty for others. A version that nobody has dated counts as deprecated all along.
 */
export function lifecycleLines(version: VersionLifecycle): string {
  const { status, deprecatedAtMs, sunsetAtMs, successorPath } = version;
  if (status !== "deprecated" && status !== "retired") return "";
  let lines = headerLine("deprecation", `@${Math.floor((deprecatedAtMs ?? 0) / 1000)}`);
  if (sunsetAtMs !== null) lines += headerLine("sunset", new Date(sunsetAtMs).toUTCString());
  if (successorPath !== null) lines += headerLine("link", `<${successorPath}>; rel="successor-version"`);
  return lines;
}
