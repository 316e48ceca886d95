import type { ModelIdOf } from "../model-id.ts";
import { declareProvider, type HttpProviderOptions, type TargetFactory } from "../provider.ts";
import type { Secret } from "../secret.ts";

/** Keys of an AWS identity; temporary ones come with a session token. */
export interface AwsKeyOptions {
  readonly accessKeyId: Secret;
  readonly secretAccessKey: Secret;
  readonly sessionToken?: Secret;
}

/** Settings of Amazon Bedrock: a region, and an AWS identity or an API key of Bedrock. */
export type BedrockOptions = HttpProviderOptions & { readonly region: string } & (
    | (AwsKeyOptions & { readonly apiKey?: never })
    | {
        readonly apiKey: Secret;
        readonly accessKeyId?: never;
        readonly secretAccessKey?: never;
        readonly sessionToken?: never;
      }
  );

/**
 * Amazon Bedrock, at `https://bedrock-runtime.REGION.amazonaws.com` unless `baseUrl` says otherwise.
 * @example const aws = bedrock({ region: "eu-central-1", apiKey: env("AWS_BEARER_TOKEN_BEDROCK") });
 */
export function bedrock(options: BedrockOptions): TargetFactory<ModelIdOf<"bedrock">> {
  return declareProvider("bedrock", options);
}
