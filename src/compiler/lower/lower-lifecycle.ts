import type { ArtifactEndpoint } from "../../artifact/artifact.ts";
import type { PromptedConfig } from "../passes/check-endpoints.ts";
import type { ReadDeprecation } from "../read/shapes/lifecycle.ts";

type Lifecycle = Pick<ArtifactEndpoint, "status" | "deprecatedAtMs" | "sunsetAtMs" | "successor">;

/** How far a version has come and what takes its place. */
export function lowerLifecycle(
  { tableIds }: PromptedConfig,
  {
    status,
    deprecation,
  }: {
    readonly status: Lifecycle["status"] | undefined;
    readonly deprecation: ReadDeprecation | undefined;
  },
): Lifecycle {
  return {
    status: status ?? "published",
    deprecatedAtMs: deprecation?.since ?? null,
    sunsetAtMs: deprecation?.sunset ?? null,
    successor: tableIds.get(deprecation?.successor ?? -1) ?? null,
  };
}
