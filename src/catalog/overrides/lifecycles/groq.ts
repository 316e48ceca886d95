import type { CatalogOverride } from "../override.ts";
import { life } from "./life.ts";

const groq = life("groq", "https://console.groq.com/docs/deprecations");

const big = { replacement: "openai/gpt-oss-120b" };
const versatile = { replacement: "llama-3.3-70b-versatile" };
const instant = { replacement: "llama-3.1-8b-instant" };
const april2025 = { deprecatedOn: "2025-04-07", retiredOn: "2025-04-14" };
const july2026 = { deprecatedOn: "2026-06-17", retiredOn: "2026-07-17" };
const august2026 = { deprecatedOn: "2026-06-17", retiredOn: "2026-08-16" };

/** Groq's deprecations, in the order in which the models go. */
export const groqLives: readonly CatalogOverride[] = [
  groq("llama-3.2-11b-text-preview", { retiredOn: "2024-10-28", ...instant }),
  groq("llama-3.2-90b-text-preview", { retiredOn: "2024-11-25", ...versatile }),
  groq("gemma-7b-it", { retiredOn: "2024-12-18", replacement: "gemma2-9b-it" }),
  groq("llama3-groq-70b-8192-tool-use-preview llama3-groq-8b-8192-tool-use-preview", {
    retiredOn: "2025-01-06",
    ...versatile,
  }),
  groq("llama-3.1-70b-versatile", { retiredOn: "2025-01-24", ...versatile }),
  groq("mixtral-8x7b-32768", { retiredOn: "2025-03-20", ...versatile }),
  groq("llama-3.2-1b-preview llama-3.2-3b-preview", { ...april2025, ...instant }),
  groq("llama-3.2-11b-vision-preview llama-3.2-90b-vision-preview", {
    ...april2025,
    replacement: "meta-llama/llama-4-scout-17b-16e-instruct",
  }),
  groq("llama-3.3-70b-specdec", { ...april2025, ...versatile }),
  groq("llama-guard-3-8b", {
    deprecatedOn: "2025-05-09",
    retiredOn: "2025-06-06",
    replacement: "openai/gpt-oss-safeguard-20b",
  }),
  groq("qwen-qwq-32b", { retiredOn: "2025-07-14", replacement: "qwen/qwen3-32b" }),
  groq("mistral-saba-24b", { retiredOn: "2025-07-30", replacement: "qwen/qwen3-32b" }),
  groq("llama3-70b-8192", { deprecatedOn: "2025-05-31", retiredOn: "2025-08-30", ...versatile }),
  groq("llama3-8b-8192", { deprecatedOn: "2025-05-31", retiredOn: "2025-08-30", ...instant }),
  groq("deepseek-r1-distill-llama-70b", { deprecatedOn: "2025-09-02", retiredOn: "2025-10-02", ...big }),
  groq("gemma2-9b gemma2-9b-it", { deprecatedOn: "2025-08-08", retiredOn: "2025-10-08", ...instant }),
  groq("moonshotai/kimi-k2-instruct", { deprecatedOn: "2025-09-10", retiredOn: "2025-10-10", ...big }),
  groq("meta-llama/llama-4-maverick-17b-128e-instruct", {
    deprecatedOn: "2026-02-20",
    retiredOn: "2026-03-09",
    ...big,
  }),
  groq("moonshotai/kimi-k2-instruct-0905", { deprecatedOn: "2026-03-23", retiredOn: "2026-04-15", ...big }),
  groq("qwen/qwen3-32b meta-llama/llama-4-scout-17b-16e-instruct", { ...july2026, ...big }),
  groq("llama-3.3-70b-versatile", { ...august2026, ...big }),
  groq("llama-3.1-8b-instant", { ...august2026, replacement: "openai/gpt-oss-20b" }),
].flat();
