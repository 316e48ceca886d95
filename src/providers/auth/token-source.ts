import type { Clock } from "../../kernel/clock.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { isJsonObject, tryParseJson } from "../../kernel/json.ts";
import { requestToken, type TokenAnswer } from "./token-request.ts";

/** How a credential is exchanged for access tokens. */
export interface TokenExchange {
  /** For operators: `Google's token service`. */
  readonly service: string;
  readonly url: string;
  /** What is posted for a token. @param nowS seconds since the Unix epoch */
  readonly form: (nowS: number) => URLSearchParams;
}

/** Life of a token that does not tell its own. */
const USUAL_LIFE_S = 3_600;
/** Milliseconds before its end at which a token is replaced. */
const EARLY_MS = 5 * 60_000;
/** Milliseconds between two tries. */
const RETRY_MS = 5_000;
/** Visible ASCII: a token is put into a head as it is. */
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * Access tokens of one credential. A token is fetched when it is first needed and replaced before it ends; calls wait
 * for the first one only, and all of them for the same.
 */
export class TokenSource {
  readonly #exchange: TokenExchange;
  readonly #clock: Clock;
  #token: string | undefined;
  #endsAtMs = 0;
  #fetching: Promise<string> | undefined;
  #mayTryAtMs = 0;

  constructor(exchange: TokenExchange, clock: Clock) {
    this.#exchange = exchange;
    this.#clock = clock;
  }

  /**
   * A token that is good now, or a promise of one.
   * The promise rejects with LatchkeyError LK-3010 where the credential is refused, LK-3002 where nobody can be reached.
   */
  get(): string | Promise<string> {
    const now = this.#clock.now();
    if (this.#token === undefined || now >= this.#endsAtMs) return this.#fetch();
    if (now >= this.#endsAtMs - EARLY_MS && now >= this.#mayTryAtMs) {
      // The present one serves until the next is there.
      this.#fetch().catch(() => {});
    }
    return this.#token;
  }

  #fetch(): Promise<string> {
    this.#fetching ??= this.#ask().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #ask(): Promise<string> {
    const now = this.#clock.now();
    this.#mayTryAtMs = now + RETRY_MS;
    const { service, url, form } = this.#exchange;
    const answer = await requestToken(url, form(Math.floor(now / 1_000))).catch((cause: unknown) => {
      throw new LatchkeyError("LK-3002", undefined, { internal: `${service} cannot be reached`, cause });
    });
    const { token, lifeS } = readToken(service, answer);
    this.#token = token;
    this.#endsAtMs = now + lifeS * 1_000;
    return token;
  }
}

/** Wire format: RFC 6749, 5. What it says of an error is a word of its own list, never a part of the credential. */
function readToken(
  service: string,
  { status, body }: TokenAnswer,
): { readonly token: string; readonly lifeS: number } {
  const answer = tryParseJson(body);
  const { access_token, expires_in, error } = isJsonObject(answer) ? answer : {};
  if (status === 200 && typeof access_token === "string" && TOKEN.test(access_token))
    return { token: access_token, lifeS: typeof expires_in === "number" ? expires_in : USUAL_LIFE_S };
  const why = typeof error === "string" ? error.slice(0, 100) : "no token in the answer";
  throw new LatchkeyError(status >= 500 || status === 429 ? "LK-3002" : "LK-3010", undefined, {
    internal: `${service}: status ${status}, ${why}`,
  });
}
