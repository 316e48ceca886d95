import type { ProviderProfile } from "../provider-profile.ts";

/** Amazon Bedrock. */
export const bedrockProfile = {
  type: "bedrock",
  label: "Amazon Bedrock",
  baseUrl: "https://bedrock-runtime.{region}.amazonaws.com",
  options: [{ name: "region", meaning: "AWS region, such as `eu-central-1`" }],
  auth: { kind: "aws-sigv4", service: "bedrock" },
  keyVariable: "AWS_SECRET_ACCESS_KEY",
  chat: { dialect: "bedrock-converse" },
  apis: {
    embeddings: { path: "/model/{model}/invoke", shape: "bedrock" },
  },
  sources: [
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html",
    "https://docs.aws.amazon.com/general/latest/gr/bedrock.html",
  ],
} as const satisfies ProviderProfile;
