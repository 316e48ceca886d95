import type { CatalogOverride } from "../override.ts";
import { life } from "./life.ts";

/** Of Bedrock's commercial regions; those of the government have days of their own. */
const places = "((us|eu|apac|jp|au|ca|global|regional)\\.)?";
const bedrock = life("bedrock", "https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html", {
  places,
});
/** The page of the models that were launched before September 2026. */
const earlier = life(
  "bedrock",
  "https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle-legacy.html",
  { places },
);
const haiku = life(
  "bedrock",
  "https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-3-5-haiku.html",
  { places },
);

const claude3 = { deprecatedOn: "2026-01-30", retiredOn: "2026-07-30" };
const llama = { deprecatedOn: "2026-01-07", retiredOn: "2026-07-07" };

/** Bedrock's legacy models: `deprecatedOn` is its legacy date, `retiredOn` its end of life. */
export const bedrockLives: readonly CatalogOverride[] = [
  bedrock("amazon.titan-text-express-v1 amazon.titan-text-lite-v1", {
    deprecatedOn: "2025-01-31",
    retiredOn: "2025-08-15",
  }),
  bedrock("anthropic.claude-3-opus-20240229-v1:0", { deprecatedOn: "2025-07-15", retiredOn: "2026-01-15" }),
  bedrock("anthropic.claude-opus-4-20250514-v1:0", { deprecatedOn: "2025-10-01", retiredOn: "2026-05-31" }),
  haiku("anthropic.claude-3-5-haiku-20241022-v1:0", { retiredOn: "2026-06-19" }),
  earlier("meta.llama3-1-405b-instruct-v1:0 meta.llama3-2-11b-instruct-v1:0", llama),
  bedrock("anthropic.claude-3-sonnet-20240229-v1:0 anthropic.claude-3-5-sonnet-20240620-v1:0", claude3),
  bedrock("anthropic.claude-3-5-sonnet-20241022-v2:0 anthropic.claude-3-7-sonnet-20250219-v1:0", claude3),
  bedrock("cohere.command-r-v1:0 cohere.command-r-plus-v1:0", {
    deprecatedOn: "2026-02-19",
    retiredOn: "2026-08-19",
  }),
  bedrock("anthropic.claude-3-haiku-20240307-v1:0", { deprecatedOn: "2026-03-10", retiredOn: "2026-09-10" }),
  bedrock("amazon.nova-premier-v1:0 amazon.nova-sonic-v1:0", {
    deprecatedOn: "2026-03-13",
    retiredOn: "2026-09-14",
  }),
  bedrock("amazon.nova-canvas-v1:0", { deprecatedOn: "2026-03-30", retiredOn: "2026-09-30" }),
  bedrock("anthropic.claude-sonnet-4-20250514-v1:0", { deprecatedOn: "2026-04-14", retiredOn: "2026-10-14" }),
  bedrock("anthropic.claude-opus-4-1-20250805-v1:0", { deprecatedOn: "2026-07-08", retiredOn: "2027-01-08" }),
].flat();
