import type { CatalogOverride } from "../override.ts";
import { life } from "./life.ts";

const claude = life("anthropic", "https://platform.claude.com/docs/en/about-claude/model-deprecations");

/** Anthropic's deprecations. Aliases go with the model that they stand for. */
export const anthropicLives: readonly CatalogOverride[] = [
  claude("claude-2.0 claude-2.1 claude-3-sonnet-20240229", {
    deprecatedOn: "2025-01-21",
    retiredOn: "2025-07-21",
    replacement: "claude-sonnet-4-6",
  }),
  claude("claude-3-opus-20240229 claude-3-opus-latest", {
    deprecatedOn: "2025-06-30",
    retiredOn: "2026-01-05",
    replacement: "claude-opus-4-8",
  }),
  claude("claude-3-5-sonnet-20240620 claude-3-5-sonnet-20241022", {
    deprecatedOn: "2025-08-13",
    retiredOn: "2025-10-28",
    replacement: "claude-sonnet-4-6",
  }),
  claude("claude-3-7-sonnet-20250219 claude-3-7-sonnet-latest", {
    deprecatedOn: "2025-10-28",
    retiredOn: "2026-02-19",
    replacement: "claude-sonnet-4-6",
  }),
  claude("claude-3-5-haiku-20241022 claude-3-5-haiku-latest", {
    deprecatedOn: "2025-12-19",
    retiredOn: "2026-02-19",
    replacement: "claude-haiku-4-5",
  }),
  claude("claude-3-haiku-20240307", {
    deprecatedOn: "2026-02-19",
    retiredOn: "2026-04-20",
    replacement: "claude-haiku-4-5",
  }),
  claude("claude-sonnet-4-20250514 claude-sonnet-4-0", {
    deprecatedOn: "2026-04-14",
    retiredOn: "2026-06-15",
    replacement: "claude-sonnet-4-6",
  }),
  claude("claude-opus-4-20250514 claude-opus-4-0", {
    deprecatedOn: "2026-04-14",
    retiredOn: "2026-06-15",
    replacement: "claude-opus-4-8",
  }),
  claude("claude-opus-4-1-20250805 claude-opus-4-1", {
    deprecatedOn: "2026-06-05",
    retiredOn: "2026-08-05",
    replacement: "claude-opus-4-8",
  }),
].flat();
