import type { ArtifactProvider } from "../artifact/artifact.ts";
import type { Clock } from "../kernel/clock.ts";
import type { SecretRef } from "../kernel/secret.ts";
import { createHttpUpstream } from "../upstream/http-upstream.ts";
import { parseOrigin } from "../upstream/parse-origin.ts";
import { renderRequestHead } from "../upstream/request-head.ts";
import { type OpenAuth, openAuth } from "./auth/open-auth.ts";
import { UnusableCredential } from "./auth/unusable-credential.ts";
import type { HeaderPair, ProviderDriver, ProviderRequest } from "./provider.ts";

/**
 * The driver of every provider over HTTP. What distinguishes one type from another is in the artifact: address,
 * headers and the way of the credential.
 */
export function createHttpDriver({ clock }: { readonly clock: Clock }): ProviderDriver {
  return {
    open(provider, { resolveSecret }) {
      const missing: SecretRef[] = [];
      const resolve = (ref: SecretRef): string => {
        const value = resolveSecret(ref);
        if (value === undefined) missing.push(ref);
        return value ?? "";
      };
      const headers = provider.headers.map(
        ([name, value]): HeaderPair => [name, typeof value === "string" ? value : resolve(value)],
      );
      const auth = tryOpenAuth(provider.auth, { resolve, clock, isComplete: () => missing.length === 0 });
      if (auth instanceof UnusableCredential) return { ok: false, missing, reason: auth.reason };
      if (missing.length > 0 || auth === undefined) return { ok: false, missing };
      const head = headMaker(provider, headers, auth);
      // What cannot be sent is found when the provider is opened, not when the first request is.
      head({ path: "/" });
      const { origin } = parseOrigin(provider.baseUrl ?? "");
      const upstream = createHttpUpstream({ origin, maxConnections: provider.maxConnections });
      const { authorize } = auth;
      return { ok: true, connection: { upstream, head, ...(authorize === undefined ? {} : { authorize }) } };
    },
  };
}

/** One credential that is none is no reason to stop the gateway: its provider alone cannot be used. */
function tryOpenAuth(...given: Parameters<typeof openAuth>): OpenAuth | UnusableCredential | undefined {
  try {
    return openAuth(...given);
  } catch (thrown) {
    if (thrown instanceof UnusableCredential) return thrown;
    throw thrown;
  }
}

const JSON_TYPE = "application/json";

/** Headers of every request. */
const COMMON: readonly HeaderPair[] = [
  // The gateway reads the answer as it passes by, so it must not come compressed.
  ["accept-encoding", "identity"],
  ["accept", "application/json, text/event-stream"],
  ["user-agent", "latchkey"],
];

function headMaker(
  { baseUrl, query }: ArtifactProvider,
  headers: readonly HeaderPair[],
  { headers: credential, reserved }: OpenAuth,
): (request: ProviderRequest) => string {
  const { host, pathPrefix } = parseOrigin(baseUrl ?? "");
  return ({ method = "POST", path, contentType = JSON_TYPE, headers: own = [] }) => {
    const type: readonly HeaderPair[] = method === "GET" ? [] : [["content-type", contentType]];
    const free = own.filter(([name]) => !reserved.includes(name.toLowerCase()));
    return renderRequestHead({
      method,
      path: withQuery(`${pathPrefix}${path}`, query),
      host,
      headers: merged([...type, ...COMMON], headers, free, credential),
    });
  };
}

/** Later headers take the place of earlier ones of the same name. */
function merged(...groups: readonly (readonly HeaderPair[])[]): readonly HeaderPair[] {
  const byName = new Map<string, string>();
  for (const [name, value] of groups.flat()) byName.set(name.toLowerCase(), value);
  return [...byName];
}

function withQuery(path: string, query: string | null): string {
  if (query === null) return path;
  return `${path}${path.includes("?") ? "&" : "?"}${query}`;
}
