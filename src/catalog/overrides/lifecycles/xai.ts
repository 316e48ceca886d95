import type { CatalogOverride } from "../override.ts";
import { life } from "./life.ts";

const may = life("xai", "https://docs.x.ai/developers/migration/may-15-retirement");
const models = life("xai", "https://docs.x.ai/developers/models");

const gone = { isRetired: true, replacement: "grok-4.3" } as const;
const inMay = { retiredOn: "2026-05-15", replacement: "grok-4.3" };

/**
 * xAI's retirements. Of the older models its pages say only that they are no more. The names that went in May are still
 * answered, by the replacement and at its price.
 */
export const xaiLives: readonly CatalogOverride[] = [
  models("grok-beta grok-vision-beta grok-2 grok-2-1212 grok-2-latest", gone),
  models("grok-2-vision grok-2-vision-1212 grok-2-vision-latest", gone),
  models("grok-3-mini grok-3-mini-latest grok-3-mini-beta", gone),
  may("grok-3 grok-3-latest grok-3-beta grok-4 grok-4-0709 grok-4-latest", inMay),
  may("grok-4-fast grok-4-fast-reasoning grok-4-fast-reasoning-latest", inMay),
  may("grok-4-fast-non-reasoning grok-4-fast-non-reasoning-latest", inMay),
  may("grok-4-1-fast grok-4-1-fast-reasoning grok-4-1-fast-reasoning-latest", inMay),
  may("grok-4-1-fast-non-reasoning grok-4-1-fast-non-reasoning-latest", inMay),
  may("grok-code-fast grok-code-fast-1 grok-code-fast-1-0825", {
    retiredOn: "2026-05-15",
    replacement: "grok-build-0.1",
  }),
  life("xai", "https://docs.x.ai/developers/migration/imagine-image-quality-nov-2.md")(
    "grok-imagine-image-quality",
    { deprecatedOn: "2026-09-02", retiredOn: "2026-11-02", replacement: "grok-imagine-image-2.0" },
  ),
].flat();
