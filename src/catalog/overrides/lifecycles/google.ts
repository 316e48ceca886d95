import type { CatalogOverride } from "../override.ts";
import { life } from "./life.ts";

const gemini = life("google", "https://ai.google.dev/gemini-api/docs/deprecations");
const changes = life("google", "https://ai.google.dev/gemini-api/docs/changelog");
/** Vertex AI has days of its own. */
const vertex = life(
  "vertex",
  "https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/model-versions",
);

/** They went on the same day from both. */
const imagen = (provider: "google" | "vertex"): readonly CatalogOverride[] => {
  const gone = life(provider, "https://firebase.google.com/docs/ai-logic/generate-images-imagen?hl=ar");
  const days = { deprecatedOn: "2026-06-15", retiredOn: "2026-08-17" };
  return [
    ...gone("imagen-4.0-generate-001 imagen-4.0-fast-generate-001", {
      ...days,
      replacement: "gemini-3.1-flash-image",
    }),
    ...gone("imagen-4.0-ultra-generate-001", { ...days, replacement: "gemini-3-pro-image" }),
  ];
};

/** Google's deprecations; those that are to come are the earliest possible days. */
export const googleLives: readonly CatalogOverride[] = [
  changes("gemini-1.0-pro", { retiredOn: "2025-02-18" }),
  changes("gemini-1.0-pro-vision-001", { retiredOn: "2024-07-12" }),
  changes("gemini-1.5-flash gemini-1.5-flash-8b gemini-1.5-pro", {
    retiredOn: "2025-09-29",
    replacement: "gemini-3.5-flash",
  }),
  changes("gemini-2.5-flash-preview-04-17", {
    deprecatedOn: "2025-06-17",
    retiredOn: "2025-07-15",
    replacement: "gemini-2.5-flash",
  }),
  gemini("gemini-2.5-flash-preview-05-20", { retiredOn: "2025-11-18", replacement: "gemini-3.6-flash" }),
  changes("gemini-2.5-flash-lite-preview-06-17", {
    deprecatedOn: "2025-11-04",
    retiredOn: "2025-11-18",
    replacement: "gemini-2.5-flash-lite",
  }),
  gemini("gemini-2.5-flash-image-preview", {
    retiredOn: "2026-01-15",
    replacement: "gemini-2.5-flash-image",
  }),
  gemini("gemini-2.5-flash-preview-09-2025", {
    retiredOn: "2026-02-17",
    replacement: "gemini-3.6-flash",
  }),
  gemini("gemini-2.5-flash-lite-preview-09-2025", {
    retiredOn: "2026-03-31",
    replacement: "gemini-3.1-flash-lite",
  }),
  gemini("gemini-3.1-flash-lite-preview", {
    retiredOn: "2026-05-25",
    replacement: "gemini-3.1-flash-lite",
  }),
  gemini("gemini-2.5-flash-image", {
    releasedOn: "2025-10-02",
    retiredOn: "2026-10-02",
    replacement: "gemini-3.1-flash-image",
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
  gemini("gemini-3.6-flash gemini-3.5-flash-lite", { releasedOn: "2026-07-21" }),
  gemini("gemini-3.7-flash", { releasedOn: "2026-08-13" }),
  gemini("gemini-3.8-flash", { releasedOn: "2026-09-02" }),
  gemini("gemini-3.1-flash-image gemini-3-pro-image", { releasedOn: "2026-05-28" }),
  gemini("gemini-embedding-001", { retiredOn: "2028-05-14", replacement: "gemini-embedding-2" }),
  gemini("gemini-3.1-flash-lite", {
    releasedOn: "2026-05-07",
    retiredOn: "2027-05-07",
    replacement: "gemini-3.5-flash-lite",
  }),
  ...[...imagen("google"), ...imagen("vertex")],
  vertex("gemini-2.0-flash", {
    releasedOn: "2025-02-05",
    retiredOn: "2026-06-01",
    replacement: "gemini-3.1-flash-lite",
  }),
  vertex("gemini-2.0-flash-lite", {
    releasedOn: "2025-02-25",
    retiredOn: "2026-06-01",
    replacement: "gemini-3.1-flash-lite",
  }),
  // The page has a day for each version; this is that of the last one.
  vertex("gemini-1.5-pro gemini-1.5-flash", { retiredOn: "2025-09-24" }),
  vertex("gemini-2.5-pro", {
    releasedOn: "2025-06-17",
    retiredOn: "2026-10-20",
    replacement: "gemini-3.5-flash",
  }),
  vertex("gemini-2.5-flash", {
    releasedOn: "2025-06-17",
    retiredOn: "2026-10-20",
    replacement: "gemini-3.5-flash-lite",
  }),
  vertex("gemini-2.5-flash-lite", {
    releasedOn: "2025-07-22",
    retiredOn: "2026-10-20",
    replacement: "gemini-3.1-flash-lite",
  }),
].flat();
