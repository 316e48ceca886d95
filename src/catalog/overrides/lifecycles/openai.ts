import type { CatalogOverride } from "../override.ts";
import { life } from "./life.ts";

const openai = life("openai", "https://developers.openai.com/api/docs/deprecations");
/** A reader's list of that page, which names days that were announced after the page was last read. */
const listed = life("openai", "https://dev.to/aidriftline");

const legacy = { deprecatedOn: "2025-09-26", retiredOn: "2026-03-26", replacement: "gpt-5.6-sol" };
const previews = { deprecatedOn: "2025-09-15", retiredOn: "2026-05-07" };
const april = { deprecatedOn: "2026-04-22", retiredOn: "2026-07-23" };
const august = { deprecatedOn: "2026-05-08", retiredOn: "2026-08-10", replacement: "gpt-5.6-sol" };
const september = { deprecatedOn: "2025-09-26", retiredOn: "2026-09-28", replacement: "gpt-5.4-mini" };
const october = { deprecatedOn: "2026-04-22", retiredOn: "2026-10-23" };
const images = { deprecatedOn: "2026-06-02", retiredOn: "2026-12-01", replacement: "gpt-image-2.6-sunburst" };
const december = { deprecatedOn: "2026-06-11", retiredOn: "2026-12-11" };
const january = { deprecatedOn: "2026-10-14", retiredOn: "2027-01-14", replacement: "gpt-6-luna" };
const voices = { deprecatedOn: "2026-07-20", retiredOn: "2027-01-20" };

/** OpenAI's deprecations, in the order in which the models go. */
export const openaiLives: readonly CatalogOverride[] = [
  openai("gpt-3.5-turbo-0301", {
    deprecatedOn: "2023-06-13",
    retiredOn: "2024-09-13",
    replacement: "gpt-3.5-turbo",
  }),
  openai("gpt-3.5-turbo-0613 gpt-3.5-turbo-16k-0613", {
    deprecatedOn: "2023-11-06",
    retiredOn: "2024-09-13",
    replacement: "gpt-3.5-turbo",
  }),
  openai("gpt-4-vision-preview gpt-4-1106-vision-preview", {
    deprecatedOn: "2024-06-06",
    retiredOn: "2024-12-06",
    replacement: "gpt-4o",
  }),
  openai("gpt-4-32k gpt-4-32k-0314 gpt-4-32k-0613", {
    deprecatedOn: "2024-06-06",
    retiredOn: "2025-06-06",
    replacement: "gpt-4o",
  }),
  openai("gpt-4.5-preview", { deprecatedOn: "2025-04-14", retiredOn: "2025-07-14", replacement: "gpt-4.1" }),
  openai("o1-preview", { deprecatedOn: "2025-04-28", retiredOn: "2025-07-28", replacement: "o3" }),
  openai("o1-mini", { deprecatedOn: "2025-04-28", retiredOn: "2025-10-27", replacement: "o4-mini" }),
  openai("codex-mini-latest", { deprecatedOn: "2025-11-17", retiredOn: "2026-02-12" }),
  openai("chatgpt-4o-latest", {
    deprecatedOn: "2025-11-18",
    retiredOn: "2026-02-17",
    replacement: "gpt-5.1-chat-latest",
  }),
  {
    provider: "openai" as const,
    ids: ["dall-e-2", "dall-e-3"],
    set: {
      kind: "image" as const,
      deprecatedOn: "2025-11-14",
      retiredOn: "2026-05-12",
      replacement: "gpt-image-2",
    },
    source: "https://developers.openai.com/api/docs/deprecations",
    asOf: "2026-11-24",
  },
  openai("gpt-4-0314 gpt-4-0125-preview gpt-4-turbo-preview", legacy),
  openai("gpt-4o-realtime-preview", { ...previews, replacement: "gpt-realtime-1.5" }),
  openai("gpt-4o-mini-realtime-preview", { ...previews, replacement: "gpt-realtime-mini" }),
  openai("gpt-4o-audio-preview", { ...previews, replacement: "gpt-audio-1.5" }),
  openai("gpt-4o-mini-audio-preview", { ...previews, replacement: "gpt-audio-mini" }),
  openai("gpt-4o-search-preview gpt-4o-mini-search-preview", { ...april, replacement: "gpt-5.6-terra" }),
  openai("gpt-5-chat-latest gpt-5.1-chat-latest gpt-5-codex gpt-5.1-codex gpt-5.1-codex-max gpt-5.2-codex", {
    ...april,
    replacement: "gpt-5.6-sol",
  }),
  openai("gpt-5.1-codex-mini", { ...april, replacement: "gpt-5.6-terra" }),
  openai("o3-deep-research o4-mini-deep-research", { ...april, replacement: "gpt-5.6-sol" }),
  openai("gpt-5.2-chat-latest gpt-5.3-chat-latest", august),
  openai("gpt-3.5-turbo-1106 gpt-3.5-turbo-instruct", september),
  openai("gpt-3.5-turbo gpt-3.5-turbo-0125 o4-mini", { ...october, replacement: "gpt-5.6-terra" }),
  openai("gpt-4.1-nano", { ...october, replacement: "gpt-5.6-luna" }),
  openai("gpt-4 gpt-4-0613 gpt-4-1106-preview gpt-4-turbo", { ...october, replacement: "gpt-5.6-sol" }),
  openai("o1 o3-mini o1-pro", { ...october, replacement: "gpt-5.6-sol" }),
  openai("gpt-image-1", { ...october, replacement: "gpt-image-2" }),
  openai("gpt-image-1-mini gpt-image-1.5 chatgpt-image-latest", images),
  openai("gpt-5", { ...december, replacement: "gpt-6.1-sol" }),
  openai("o3 gpt-5-pro o3-pro", { ...december, replacement: "gpt-5.6-sol" }),
  openai("gpt-5-mini", { ...december, replacement: "gpt-6.1-terra" }),
  openai("gpt-5-nano", { ...december, replacement: "gpt-5.6-luna" }),
  listed("tts-1 tts-1-hd gpt-4o-mini-tts", { isDeprecated: true, retiredOn: "2027-01-06" }),
  openai("gpt-4o gpt-4o-mini gpt-4.1 gpt-4.1-mini", january),
  openai("gpt-4o-2024-05-13", { ...october, replacement: "gpt-5.6-sol" }),
  openai("gpt-audio gpt-audio-mini", { ...voices, replacement: "gpt-audio-1.5" }),
  openai("gpt-audio-mini-2025-10-06", { ...april, replacement: "gpt-audio-1.5" }),
  openai("gpt-realtime", { ...voices, replacement: "gpt-realtime-2.1" }),
  openai("gpt-realtime-mini", { ...voices, replacement: "gpt-realtime-2.1-mini" }),
  openai("gpt-realtime-mini-2025-10-06", { ...april, replacement: "gpt-realtime-2.1-mini" }),
  openai("whisper-1 gpt-4o-transcribe gpt-4o-mini-transcribe", {
    isDeprecated: true,
    retiredOn: "2027-02-26",
  }),
  listed("gpt-4o-transcribe-diarize", { isDeprecated: true, retiredOn: "2027-02-26" }),
  openai("gpt-5.1", { isDeprecated: true, retiredOn: "2027-04-01" }),
  listed("gpt-5.3-codex gpt-5.4-nano", { isDeprecated: true, retiredOn: "2027-04-01" }),
].flat();
