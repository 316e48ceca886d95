import type { HttpProviderType } from "../providers/index.ts";
import type { CatalogOverride } from "./override.ts";

const takes = (
  provider: HttpProviderType,
  matching: RegExp,
  modalities: CatalogOverride["set"]["takes"] & {},
  source: string,
): CatalogOverride => ({ provider, matching, set: { takes: modalities }, source, asOf: "2026-11-24" });

const lacks = (
  provider: HttpProviderType,
  matching: RegExp,
  what: CatalogOverride["set"]["lacks"] & {},
  source: string,
): CatalogOverride => ({ provider, matching, set: { lacks: what }, source, asOf: "2026-11-24" });

const gemini =
  /^gemini-(1\.5|2\.0|2\.5|3)[.\d]*-(flash|pro)(-lite)?(-preview.*|-latest|-customtools)?$|^gemini-flash(-lite)?-latest$/;
const openaiVision =
  /^(gpt-4o(-mini)?|gpt-4\.1(-mini|-nano)?|gpt-[56][.\d]*(-(mini|nano|pro|sol|luna|terra|astra))*|o1|o3|o4-mini)(-20\d\d-\d\d-\d\d)?$/;
const claudeWithFiles = /^claude-(3-[57]-sonnet|3-5-haiku|(haiku|sonnet|opus|fable|mythos)-[45])/;
const openaiFiles = "https://developers.openai.com/api/docs/guides/pdf-files";
const openaiModels = "https://developers.openai.com/api/docs/models";
const claudeFiles = "https://platform.claude.com/docs/en/build-with-claude/pdf-support";

/** Sound, video and files, which the data packages leave out. */
export const modalities: readonly CatalogOverride[] = [
  takes(
    "google",
    gemini,
    ["text", "image", "audio", "video", "file"],
    "https://ai.google.dev/gemini-api/docs/models",
  ),
  takes(
    "vertex",
    gemini,
    ["text", "image", "audio", "video", "file"],
    "https://cloud.google.com/vertex-ai/generative-ai/docs/models",
  ),
  takes("openai", openaiVision, ["text", "image", "file"], openaiFiles),
  lacks("openai", openaiVision, ["audio"], openaiModels),
  takes("openai", /^(gpt-audio|gpt-4o(-mini)?-audio)/, ["text", "audio"], openaiModels),
  {
    provider: "openai",
    matching: /^(gpt-audio|gpt-4o(-mini)?-audio)/,
    set: { gives: ["text", "audio"] },
    source: openaiModels,
    asOf: "2026-11-24",
  },
  ...(["google", "vertex"] as const).map(
    (provider): CatalogOverride => ({
      provider,
      matching: /^gemini-.*-image(-preview)?$/,
      set: { gives: ["text", "image"] },
      source: "https://ai.google.dev/gemini-api/docs/image-generation",
      asOf: "2026-11-24",
    }),
  ),
  lacks("openai", /^(gpt-audio|gpt-4o(-mini)?-audio)/, ["images"], openaiModels),
  lacks(
    "openai",
    /^(gpt-3\.5|gpt-4(-0613|-0314|-32k.*)?$|o1-mini|o3-mini)/,
    ["images", "files", "audio"],
    openaiModels,
  ),
  takes("anthropic", claudeWithFiles, ["text", "image", "file"], claudeFiles),
  lacks(
    "anthropic",
    /^claude-/,
    ["audio"],
    "https://platform.claude.com/docs/en/about-claude/models/overview",
  ),
  lacks("anthropic", /^claude-3-haiku/, ["files"], claudeFiles),
];
