import { CallScope } from "./call-scope.ts";
import type { CallOptions } from "./client-options.ts";
import { type CallSettings, type ClientSettings, resolveCallSettings } from "./client-settings.ts";
import { LatchkeyClientError } from "./error.ts";
import { discard, readErrorAnswer } from "./error-answer.ts";
import { isRetryable, retryDelayMs } from "./retry.ts";

/** One request to the gateway. */
export interface ClientRequest {
  readonly method: "GET" | "POST";
  /** Beginning with a slash. */
  readonly path: string;
  readonly accept: "application/json" | "text/event-stream";
  /** Sent as JSON; undefined for none. */
  readonly body?: unknown;
}

/** A call under way, retries included. */
export interface Call {
  /** Close it when the call is over. */
  readonly scope: CallScope;
  readonly settings: CallSettings;
}

/** Codes by which `fetch` implementations say that they have waited long enough themselves. */
const FETCH_TIMEOUTS: ReadonlySet<unknown> = new Set(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]);

/** Sends requests: credentials, time limit, retries. Everything that fails is a `LatchkeyClientError`. */
export class Transport {
  readonly #settings: ClientSettings;

  constructor(settings: ClientSettings) {
    this.#settings = settings;
  }

  /** To be struck out of texts of the outside. */
  get key(): string {
    return this.#settings.key;
  }

  /**
   * Begins a call: its time runs from here.
   * @throws TypeError for options that make no sense
   */
  begin(options: CallOptions): Call {
    const settings = resolveCallSettings(options, this.#settings.call);
    const scope = new CallScope(this.#settings.clock, settings.timeoutMs, options.signal);
    return { scope, settings };
  }

  /**
   * Sends a request until it is answered with 2xx, as often as the call's settings allow.
   * @throws LatchkeyClientError
   */
  async send(request: ClientRequest, { scope, settings }: Call): Promise<Response> {
    const init = this.#requestInit(request, settings, scope.signal);
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await this.#attempt(this.#settings.baseUrl + request.path, init, scope);
      if (!(outcome instanceof LatchkeyClientError)) return outcome;
      if (attempt >= settings.maxRetries || !isRetryable(outcome)) throw outcome;
      const delayMs = retryDelayMs(attempt, outcome.retryAfterMs, this.#settings.random());
      if (delayMs >= scope.remainingMs) throw outcome;
      await scope.sleep(delayMs);
    }
  }

  /** One attempt: an answer of 2xx, or the error that it ended in. */
  async #attempt(url: string, init: RequestInit, scope: CallScope): Promise<Response | LatchkeyClientError> {
    if (scope.failure !== undefined) return scope.failure;
    try {
      const response = await this.#settings.fetch(url, init);
      if (response.ok) {
        if (scope.failure === undefined) return response;
        discard(response);
        return scope.failure;
      }
      const error = await readErrorAnswer(response, this.#settings.key, this.#settings.clock.now());
      return scope.failure ?? error;
    } catch (cause) {
      return scope.failure ?? connectionError(cause);
    }
  }

  #requestInit(request: ClientRequest, settings: CallSettings, signal: AbortSignal): RequestInit {
    const headers: Record<string, string> = {
      ...settings.headers,
      accept: request.accept,
      authorization: `Bearer ${this.#settings.key}`,
    };
    const init = { method: request.method, headers, signal, redirect: "manual" } as const;
    // Bun would otherwise give up by itself after five minutes; other platforms do not know the option.
    const patientInit: RequestInit & { timeout: false } = { ...init, timeout: false };
    if (request.body === undefined) return patientInit;
    headers["content-type"] = "application/json";
    return { ...patientInit, body: stringify(request.body) };
  }
}

function stringify(body: unknown): string {
  try {
    return JSON.stringify(body);
  } catch (cause) {
    throw new LatchkeyClientError("invalid-input", "The input cannot be written as JSON.", { cause });
  }
}

/** Why no answer came. The cause is kept: it names hosts and system errors, never headers. */
function connectionError(cause: unknown): LatchkeyClientError {
  if (hasTimedOut(cause)) {
    const message = "The platform's own fetch waited too long for a byte of the gateway.";
    return new LatchkeyClientError("timeout", message, { cause });
  }
  return new LatchkeyClientError("connection", "The gateway could not be reached.", { cause });
}

function hasTimedOut(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const cause = thrown.cause as { readonly code?: unknown } | undefined;
  return thrown.name === "TimeoutError" || FETCH_TIMEOUTS.has(cause?.code);
}
