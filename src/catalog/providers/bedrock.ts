import type { ProviderProfile } from "../provider-profile.ts";

/**
 * Amazon Bedrock, by its Converse API; `bedrock-runtime` also speaks OpenAI's dialects, with the models that its
 * documentation names.
 */
export const bedrockProfile = {
  type: "bedrock",
  label: "Amazon Bedrock",
  baseUrl: "https://bedrock-runtime.{region}.amazonaws.com",
  options: [{ name: "region", meaning: "AWS region", example: "eu-central-1", always: true }],
  auth: { kind: "aws-sigv4", service: "bedrock" },
  keyVariable: "AWS_SECRET_ACCESS_KEY",
  chat: {
    dialect: "bedrock-converse",
    further: [
      { dialect: "openai-chat", basePath: "/openai/v1" },
      { dialect: "openai-responses", basePath: "/openai/v1" },
    ],
  },
  apis: {
    embeddings: { path: "/model/{model}/invoke", shape: "bedrock" },
    images: { path: "/model/{model}/invoke", shape: "bedrock" },
  },
  exampleModel: "amazon.nova-lite-v1:0",
  sources: [
    "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html",
    "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-use.html",
    "https://docs.aws.amazon.com/bedrock/latest/userguide/inference-responses-api.html",
    "https://docs.aws.amazon.com/general/latest/gr/bedrock.html",
    "https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-diffusion-3-5-large.html",
  ],
} as const satisfies ProviderProfile;
