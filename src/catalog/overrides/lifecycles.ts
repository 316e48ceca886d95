import type { Lifecycle } from "../model-card.ts";
import type { HttpProviderType } from "../providers/index.ts";
import type { CatalogOverride } from "./override.ts";

const openaiPage = "https://developers.openai.com/api/docs/deprecations";
const claudePage = "https://platform.claude.com/docs/en/about-claude/model-deprecations";
const geminiPage = "https://ai.google.dev/gemini-api/docs/deprecations";

/** Space between the ids; each id also stands for its snapshots in the data. */
const life =
  (provider: HttpProviderType, source: string) =>
  (ids: string, set: Lifecycle): CatalogOverride => ({
    provider,
    matching: new RegExp(`^(${ids.replaceAll(".", "\\.").split(" ").join("|")})(-20\\d\\d-\\d\\d-\\d\\d)?$`),
    set,
    source,
    asOf: "2026-11-24",
  });

const openai = life("openai", openaiPage);
const claude = life("anthropic", claudePage);
const deepseek = life("deepseek", "https://api-docs.deepseek.com/");
const gemini = life("google", geminiPage);

const april = { deprecatedOn: "2026-04-22", retiredOn: "2026-07-23" };
const october = { deprecatedOn: "2026-04-22", retiredOn: "2026-10-23" };
const december = { deprecatedOn: "2026-06-11", retiredOn: "2026-12-11" };
const images = { deprecatedOn: "2026-06-02", retiredOn: "2026-12-01" };
const january = { deprecatedOn: "2026-10-14", retiredOn: "2027-01-14", replacement: "gpt-6-luna" };

/**
 * When models go. Vendors that run another vendor's models have dates of their own. Google's dates are the
 * earliest possible ones.
 */
export const lifecycles: readonly CatalogOverride[] = [
  openai("gpt-4.5-preview", { deprecatedOn: "2025-04-14", retiredOn: "2025-07-14", replacement: "gpt-4.1" }),
  openai("o1-preview", { deprecatedOn: "2025-04-28", retiredOn: "2025-07-28", replacement: "o3" }),
  openai("o1-mini", { deprecatedOn: "2025-04-28", retiredOn: "2025-10-27", replacement: "o4-mini" }),
  openai("chatgpt-4o-latest", { retiredOn: "2026-02-17" }),
  openai("gpt-4o-audio-preview gpt-4o-mini-audio-preview", { ...april, replacement: "gpt-audio" }),
  openai("gpt-4o-mini-realtime-preview", { ...april, replacement: "gpt-realtime-mini" }),
  openai("gpt-4o-search-preview gpt-4o-mini-search-preview", { ...april, replacement: "gpt-4.1-mini" }),
  openai("gpt-5-chat-latest gpt-5.1-chat-latest", { ...april, replacement: "gpt-5.3-chat-latest" }),
  openai("gpt-5-codex gpt-5.1-codex-max gpt-5.2-codex", { ...april, replacement: "gpt-5.4" }),
  openai("gpt-5.1-codex", april),
  openai("gpt-5.1-codex-mini", { ...april, replacement: "gpt-5.4-mini" }),
  openai("o3-deep-research o4-mini-deep-research", { ...april, replacement: "gpt-5.4-pro" }),
  openai("gpt-3.5-turbo gpt-3.5-turbo-0125 o4-mini gpt-4.1-nano", {
    ...october,
    replacement: "gpt-5.6-terra",
  }),
  openai("gpt-4 gpt-4-0613 gpt-4-1106-preview gpt-4-turbo", { ...october, replacement: "gpt-5.6-sol" }),
  openai("gpt-4o-2024-05-13 o1 o3-mini o1-pro", { ...october, replacement: "gpt-5.6-sol" }),
  openai("gpt-image-1", october),
  openai("gpt-image-1-mini gpt-image-1.5 chatgpt-image-latest", images),
  openai("gpt-5 o3 gpt-5-pro o3-pro", { ...december, replacement: "gpt-5.6-sol" }),
  openai("gpt-5-mini", { ...december, replacement: "gpt-5.6-terra" }),
  openai("gpt-5-nano", { ...december, replacement: "gpt-5.6-luna" }),
  openai("gpt-4o gpt-4o-2024-08-06 gpt-4o-2024-11-20 gpt-4o-mini gpt-4.1 gpt-4.1-mini", january),
  openai("whisper-1 gpt-4o-transcribe gpt-4o-mini-transcribe", {
    isDeprecated: true,
    retiredOn: "2027-02-26",
  }),
  openai("gpt-5.1", { isDeprecated: true, retiredOn: "2027-04-01" }),

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
    retiredOn: "2026-02-19",
    replacement: "claude-haiku-4-5",
  }),
  claude("claude-3-haiku-20240307", { retiredOn: "2026-04-20", replacement: "claude-haiku-4-5" }),
  claude("claude-sonnet-4-20250514 claude-sonnet-4-0", {
    retiredOn: "2026-06-15",
    replacement: "claude-sonnet-4-6",
  }),
  claude("claude-opus-4-20250514 claude-opus-4-0", {
    retiredOn: "2026-06-15",
    replacement: "claude-opus-4-8",
  }),
  claude("claude-opus-4-1-20250805 claude-opus-4-1", {
    retiredOn: "2026-08-05",
    replacement: "claude-opus-4-8",
  }),

  deepseek("deepseek-chat deepseek-reasoner", { retiredOn: "2026-07-24", replacement: "deepseek-flash" }),
  // Still accepted, and answered by the model that replaces them.
  deepseek("deepseek-v4-flash deepseek-v4-flash-vision-exp deepseek-v4-pro", {
    isDeprecated: true,
    replacement: "deepseek-flash",
  }),

  gemini("gemini-1.5-flash gemini-1.5-flash-8b gemini-1.5-pro", {
    retiredOn: "2025-09-24",
    replacement: "gemini-3.5-flash",
  }),
  gemini("gemini-2.5-pro-preview-05-06 gemini-2.5-pro-preview-06-05", {
    retiredOn: "2025-12-02",
    replacement: "gemini-3.1-pro-preview",
  }),
  gemini("gemini-3-pro-preview", {
    releasedOn: "2025-11-18",
    retiredOn: "2026-03-09",
    replacement: "gemini-3.1-pro-preview",
  }),
  gemini("gemini-2.0-flash", {
    releasedOn: "2025-02-05",
    retiredOn: "2026-06-01",
    replacement: "gemini-3.5-flash",
  }),
  gemini("gemini-2.0-flash-lite", {
    releasedOn: "2025-02-25",
    retiredOn: "2026-06-01",
    replacement: "gemini-3.1-flash-lite",
  }),
  gemini("gemini-3.1-flash-image-preview", {
    retiredOn: "2026-06-25",
    replacement: "gemini-3.1-flash-image",
  }),
  gemini("gemini-3-pro-image-preview", { retiredOn: "2026-06-25", replacement: "gemini-3-pro-image" }),
  gemini("gemini-2.5-pro", {
    releasedOn: "2025-06-17",
    retiredOn: "2026-12-01",
    replacement: "gemini-3.8-flash",
  }),
  gemini("gemini-2.5-flash", {
    releasedOn: "2025-06-17",
    retiredOn: "2026-12-01",
    replacement: "gemini-3.5-flash-lite",
  }),
  gemini("gemini-2.5-flash-lite", { releasedOn: "2025-07-22" }),
  gemini("gemini-3.5-flash", { releasedOn: "2026-05-19" }),
  gemini("gemini-3.1-flash-lite", { releasedOn: "2026-05-07", retiredOn: "2027-05-07" }),
];
