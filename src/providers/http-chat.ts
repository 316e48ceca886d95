import type { ArtifactProvider } from "../artifact/artifact.ts";
import type { SecretRef } from "../kernel/secret.ts";
import { createHttpUpstream } from "../upstream/http-upstream.ts";
import { parseOrigin } from "../upstream/parse-origin.ts";
import { renderRequestHead } from "../upstream/request-head.ts";
import type { ProviderDependencies, ProviderOpening } from "./provider.ts";

/** A header of every call, as name and value. */
export type HeaderPair = readonly [name: string, value: string];

/** What distinguishes one HTTP provider from another. */
export interface HttpChatOptions {
  /** Headers that carry the credential. */
  readonly credential: (apiKey: string) => readonly HeaderPair[];
  /** Path of Chat Completions below the base URL. */
  readonly path: string;
}

/** Opens a provider that is reached over HTTP and speaks Chat Completions. */
export function openHttpChat(
  provider: ArtifactProvider,
  { resolveSecret }: ProviderDependencies,
  options: HttpChatOptions,
): ProviderOpening {
  const missing: SecretRef[] = [];
  const resolve = (ref: SecretRef): string => {
    const value = resolveSecret(ref);
    if (value === undefined) missing.push(ref);
    return value ?? "";
  };
  const credential = provider.apiKey === null ? [] : options.credential(resolve(provider.apiKey));
  const headers = provider.headers.map(
    ([name, value]): HeaderPair => [name, typeof value === "string" ? value : resolve(value)],
  );
  if (missing.length > 0) return { ok: false, missing };
  const { origin, host, pathPrefix } = parseOrigin(provider.baseUrl ?? "");
  const chatHead = renderRequestHead({
    method: "POST",
    path: `${pathPrefix}${options.path}`,
    host,
    headers: [
      ["content-type", "application/json"],
      // The gateway reads the answer as it passes by, so it must not come compressed.
      ["accept-encoding", "identity"],
      ["accept", "application/json, text/event-stream"],
      ["user-agent", "latchkey"],
      ...credential,
      ...headers,
    ],
  });
  const upstream = createHttpUpstream({ origin, maxConnections: provider.maxConnections });
  return { ok: true, connection: { upstream, chatHead } };
}
