import type { CallOptions, ClientClock, ClientOptions, FetchFunction } from "./client-options.ts";

const DEFAULT_TIMEOUT_MS = 600_000;
const DEFAULT_MAX_RETRIES = 2;
const OWN_HEADERS: ReadonlySet<string> = new Set(["accept", "authorization", "content-type"]);
/** What a header value may hold without being cut, folded or trimmed on its way. */
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

/** A client's options, checked and complete. */
export interface ClientSettings {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly key: string;
  readonly fetch: FetchFunction;
  readonly clock: ClientClock;
  readonly random: () => number;
  readonly call: CallSettings;
}

/** What a call goes by. */
export interface CallSettings {
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly headers: Readonly<Record<string, string>>;
}

const platformClock: ClientClock = {
  now: () => Date.now(),
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/**
 * Checks a client's options and fills in the defaults.
 * @throws TypeError that names the option at fault, never with the key in it
 */
export function resolveClientSettings(options: ClientOptions): ClientSettings {
  if (typeof options.key !== "string" || !VISIBLE_ASCII.test(options.key)) {
    throw new TypeError("key must be a Latchkey key, without spaces or line breaks around it");
  }
  const defaults = { timeoutMs: DEFAULT_TIMEOUT_MS, maxRetries: DEFAULT_MAX_RETRIES, headers: {} };
  return {
    baseUrl: checkBaseUrl(options.baseUrl),
    key: options.key,
    // Not `fetch` itself: browsers refuse it when it is called as another object's method.
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    clock: options.clock ?? platformClock,
    random: options.random ?? Math.random,
    call: resolveCallSettings(options, defaults),
  };
}

/**
 * What holds for one call: its own options, then the client's.
 * @throws TypeError that names the option at fault
 */
export function resolveCallSettings(options: CallOptions, defaults: CallSettings): CallSettings {
  const { timeoutMs = defaults.timeoutMs, maxRetries = defaults.maxRetries } = options;
  if (!(timeoutMs > 0)) throw new TypeError("timeoutMs must be a positive number of milliseconds");
  if (!(maxRetries >= 0)) throw new TypeError("maxRetries must be 0 or more");
  return { timeoutMs, maxRetries, headers: mergeHeaders(defaults.headers, options.headers ?? {}) };
}

function checkBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TypeError("baseUrl must be an http or https URL");
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new TypeError("baseUrl must have no credentials, no query and no fragment");
  }
  return url.href.replace(/\/+$/, "");
}

/** Later headers replace earlier ones whatever the case of their names. */
function mergeHeaders(...sources: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const [name, value] of sources.flatMap((source) => Object.entries(source))) {
    const lowerCaseName = name.toLowerCase();
    if (OWN_HEADERS.has(lowerCaseName)) throw new TypeError(`header ${name} is set by the client itself`);
    checkHeader(name, value);
    merged[lowerCaseName] = value;
  }
  return merged;
}

/** The platform's own message would quote the value, which may be a secret. */
function checkHeader(name: string, value: string): void {
  try {
    new Headers([[name, value]]);
  } catch {
    throw new TypeError(`header ${JSON.stringify(name)} has a name or value that HTTP does not allow`);
  }
}
