import { createPrivateKey, createSign, type KeyObject } from "node:crypto";
import type { Clock } from "../../kernel/clock.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { isJsonObject, tryParseJson } from "../../kernel/json.ts";

/** A Google service account, as its key file tells it. */
export interface ServiceAccount {
  readonly clientEmail: string;
  readonly privateKey: KeyObject;
  readonly tokenUri: string;
}

const SCOPE = "https://www.googleapis.com/auth/cloud-platform";
const DEFAULT_TOKEN_URI = "https://oauth2.googleapis.com/token";
/** What Google allows at most. */
const ASSERTION_LIFE_S = 3_600;
/** Milliseconds before its end at which a token is replaced. */
const EARLY_MS = 5 * 60_000;
/** Visible ASCII: a token is put into a head as it is. */
const TOKEN = /^[\x21-\x7e]+$/;
/** Milliseconds of a request for a token, and between two tries. */
const TIMEOUT_MS = 10_000;
const RETRY_MS = 5_000;

/**
 * Reads the JSON of a service account's key.
 * @throws LatchkeyError LK-6001, which never repeats what was read.
 */
export function readServiceAccount(json: string): ServiceAccount {
  const value = tryParseJson(json);
  const { client_email, private_key, token_uri = DEFAULT_TOKEN_URI } = isJsonObject(value) ? value : {};
  if (typeof client_email !== "string" || typeof private_key !== "string" || typeof token_uri !== "string") {
    throw unusable("it is not the JSON key of a service account");
  }
  try {
    return { clientEmail: client_email, privateKey: createPrivateKey(private_key), tokenUri: token_uri };
  } catch {
    throw unusable("its private_key cannot be read");
  }
}

function unusable(reason: string): LatchkeyError {
  return new LatchkeyError("LK-6001", `The Google credentials cannot be used: ${reason}.`);
}

/**
 * Access tokens of a service account, by the JWT bearer flow
 * (https://developers.google.com/identity/protocols/oauth2/service-account#httprest). A token is fetched when it is
 * first needed and replaced before it ends; calls wait for the first one only.
 */
export class GoogleTokenSource {
  readonly #account: ServiceAccount;
  readonly #clock: Clock;
  #token: string | undefined;
  #endsAtMs = 0;
  #fetching: Promise<string> | undefined;
  #mayTryAtMs = 0;

  constructor(account: ServiceAccount, clock: Clock) {
    this.#account = account;
    this.#clock = clock;
  }

  /**
   * A token that is good now, or a promise of one.
   * The promise rejects with LatchkeyError LK-3010 where Google refuses the account, LK-3002 where it cannot be reached.
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
    this.#fetching ??= this.#exchange().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #exchange(): Promise<string> {
    const now = this.#clock.now();
    this.#mayTryAtMs = now + RETRY_MS;
    const body = new URLSearchParams({
      grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
      assertion: this.#assertion(Math.floor(now / 1_000)),
    });
    const response = await fetch(this.#account.tokenUri, {
      method: "POST",
      body,
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw new LatchkeyError("LK-3002", undefined, {
        internal: "Google's token service cannot be reached",
        cause,
      });
    });
    const answer = tryParseJson(await response.text().catch(() => ""));
    const { access_token, expires_in, error } = isJsonObject(answer) ? answer : {};
    if (!response.ok || typeof access_token !== "string" || !TOKEN.test(access_token)) {
      const why = typeof error === "string" ? error : "no token in the answer";
      const code = response.status >= 500 ? "LK-3002" : "LK-3010";
      throw new LatchkeyError(code, undefined, {
        internal: `Google's token service: status ${response.status}, ${why}`,
      });
    }
    this.#token = access_token;
    this.#endsAtMs = now + (typeof expires_in === "number" ? expires_in : ASSERTION_LIFE_S) * 1_000;
    return access_token;
  }

  #assertion(nowS: number): string {
    const { clientEmail, tokenUri, privateKey } = this.#account;
    const claims = { iss: clientEmail, scope: SCOPE, aud: tokenUri, iat: nowS, exp: nowS + ASSERTION_LIFE_S };
    const text = `${base64Url({ alg: "RS256", typ: "JWT" })}.${base64Url(claims)}`;
    return `${text}.${createSign("RSA-SHA256").update(text).sign(privateKey, "base64url")}`;
  }
}

function base64Url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
