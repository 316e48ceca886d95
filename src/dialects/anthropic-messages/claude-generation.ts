/** A major version and perhaps a minor one; eight digits are a date. */
const VERSION = /claude-(?:[a-z]+-)*?v?(\d{1,2})(?:[-.](\d{1,2}))?(?!\d)/;

/** Generation of names without a version, which are new: more than any that is known. */
export const newestGeneration = 9_900;

/**
 * The generation of Claude in a model's id, as 100 × major + minor: 307 for `claude-3-7-sonnet-20250219`, 405 for
 * `claude-haiku-4-5@20251001`, 500 for `claude-sonnet-5`; 0 for a model that is no Claude.
 * Source: https://platform.claude.com/docs/en/about-claude/models/overview
 */
export function claudeGeneration(model: string): number {
  if (!model.includes("claude")) return 0;
  const version = VERSION.exec(model);
  if (version === null) return newestGeneration;
  const [, major = "0", minor = "0"] = version;
  return Number(major) * 100 + Number(minor);
}
