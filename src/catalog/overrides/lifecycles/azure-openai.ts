import type { CatalogOverride } from "../override.ts";
import { deprecationsList } from "../sources.ts";
import { life } from "./life.ts";

/** The table of Microsoft's page on retirements, as its repository had it in May 2026. */
const azure = life(
  "azure-openai",
  "https://github.com/MicrosoftDocs/azure-ai-docs/blob/01850fbb85959cfdc0dd37e7e905db549e1469d3/articles/foundry/openai/includes/retirement/models.md",
);
/** Days that Microsoft has set or put off since, as a reader of its page had them in July 2026. */
const later = life("azure-openai", deprecationsList);
const legacy = life(
  "azure-openai",
  "https://learn.microsoft.com/azure/ai-foundry/openai/concepts/legacy-models",
);

/**
 * Azure's retirements. Days hold for every version of a model. `gpt-4.1` and its smaller ones were to go on 2026-10-14
 * and are still served in part, so they are called deprecated and no more.
 */
export const azureLives: readonly CatalogOverride[] = [
  legacy("text-curie text-curie-001 text-davinci text-davinci-002", { retiredOn: "2024-06-14" }),
  legacy("gpt-4-32k", { retiredOn: "2025-06-06", replacement: "gpt-4o" }),
  legacy("o1-preview", { retiredOn: "2025-07-28", replacement: "o1" }),
  later("gpt-5.2-chat", { retiredOn: "2026-05-13", replacement: "gpt-chat-latest" }),
  later("gpt-5.1-chat gpt-5.3-chat", { retiredOn: "2026-06-29", replacement: "gpt-chat-latest" }),
  later("o1", { deprecatedOn: "2025-12-17", retiredOn: "2026-09-16", replacement: "o3" }),
  azure("gpt-4o", { deprecatedOn: "2025-11-20", retiredOn: "2026-10-01", replacement: "gpt-5.1" }),
  azure("gpt-4o-mini", { deprecatedOn: "2025-07-18", retiredOn: "2026-10-01", replacement: "gpt-4.1-mini" }),
  later("o3-mini", { deprecatedOn: "2026-01-31", retiredOn: "2026-10-01", replacement: "o4-mini" }),
  azure("gpt-4.1", { deprecatedOn: "2026-04-14", replacement: "gpt-5" }),
  azure("gpt-4.1-mini", { deprecatedOn: "2026-04-14", replacement: "gpt-5-mini" }),
  azure("gpt-4.1-nano", { deprecatedOn: "2026-04-14", replacement: "gpt-5-nano" }),
  azure("o3 o4-mini", { deprecatedOn: "2026-04-16", retiredOn: "2026-10-16" }),
  azure("codex-mini", { deprecatedOn: "2026-05-16", retiredOn: "2026-11-15" }),
  later("gpt-5.1-codex-max", { retiredOn: "2026-12-05" }),
  azure("gpt-5.2", { deprecatedOn: "2026-06-12", retiredOn: "2026-12-12" }),
  azure("gpt-5.2-codex", {
    deprecatedOn: "2026-07-14",
    retiredOn: "2027-01-14",
    replacement: "gpt-5.3-codex",
  }),
  azure("gpt-5 gpt-5-mini gpt-5-nano", { deprecatedOn: "2026-08-07", retiredOn: "2027-02-06" }),
  azure("gpt-5.3-codex", { deprecatedOn: "2026-09-25", retiredOn: "2027-02-25" }),
  azure("gpt-5.4", { deprecatedOn: "2026-09-05", retiredOn: "2027-03-05" }),
  azure("gpt-5.4-pro", { deprecatedOn: "2026-09-06", retiredOn: "2027-03-06" }),
  azure("gpt-5-codex", { deprecatedOn: "2026-09-15", retiredOn: "2027-03-17" }),
  azure("gpt-5.4-mini gpt-5.4-nano", { deprecatedOn: "2026-09-18", retiredOn: "2027-03-18" }),
  azure("gpt-5-pro", { deprecatedOn: "2026-10-06", retiredOn: "2027-04-07" }),
  azure("gpt-5.5", { deprecatedOn: "2026-10-24", retiredOn: "2027-04-24" }),
  azure("gpt-5.1", { deprecatedOn: "2026-11-13", retiredOn: "2027-05-15" }),
  azure("gpt-5.1-codex gpt-5.1-codex-mini", { deprecatedOn: "2026-11-15", retiredOn: "2027-05-15" }),
  later("gpt-4o-transcribe gpt-4o-transcribe-diarize gpt-4o-mini-transcribe gpt-4o-mini-tts", {
    retiredOn: "2026-10-15",
  }),
  later("tts tts-hd whisper", { retiredOn: "2026-12-15" }),
  later("gpt-5.6-luna gpt-5.6-sol gpt-5.6-terra", { retiredOn: "2027-07-09" }),
].flat();
