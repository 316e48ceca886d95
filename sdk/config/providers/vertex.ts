import type { ModelIdOf } from "../model-id.ts";
import { declareProvider, type HttpProviderOptions, type TargetFactory } from "../provider.ts";
import type { Secret } from "../secret.ts";

/** Where Vertex AI is: a project and a location, or a base URL of your own. */
type VertexAddress =
  | {
      readonly project: string;
      /** Region, multi-region (`eu`, `us`) or `global`. */
      readonly location: string;
      readonly baseUrl?: never;
    }
  | { readonly project?: never; readonly location?: never; readonly baseUrl: string };

/** Settings of Vertex AI: where it is, and a service account's JSON key or an access token. */
export type VertexOptions = HttpProviderOptions &
  VertexAddress &
  (
    | {
        /** The JSON key of a service account, from which access tokens are made as they are needed. */
        readonly credentials: Secret;
        readonly accessToken?: never;
      }
    | {
        /** An access token, for trials: it is read when the gateway starts or reloads, and Google's end after an hour. */
        readonly accessToken: Secret;
        readonly credentials?: never;
      }
  );

/**
 * Vertex AI: Gemini, Claude and open models.
 * @example
 * const credentials = file("/run/secrets/google.json");
 * const google = vertex({ project: "my-project", location: "europe-west4", credentials });
 * const chat = model({ targets: [google("gemini-3.8-flash"), google("claude-haiku-4-5@20251001")] });
 */
export function vertex(options: VertexOptions): TargetFactory<ModelIdOf<"vertex">> {
  return declareProvider("vertex", options);
}
