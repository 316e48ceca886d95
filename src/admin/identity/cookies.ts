import type { IdentityRequest } from "./identity-http.ts";

/** Cookies that the gateway sets. */
export type CookiePurpose = "session" | "sign-in";

/**
 * Name of a cookie. With the `__Host-` prefix a browser takes it from this very host over https alone, so that no
 * neighbour below the same domain can plant one; over plain http there is no such thing.
 */
export function cookieName(purpose: CookiePurpose, isSecure: boolean): string {
  const name = purpose === "session" ? "latchkey" : "latchkey-sign-in";
  return isSecure ? `__Host-${name}` : name;
}

/**
 * The value of a cookie. One that occurs twice counts as absent: one of them may have been planted.
 * @see https://www.rfc-editor.org/rfc/rfc6265#section-4.2
 */
export function readCookie(request: Pick<IdentityRequest, "headers">, name: string): string | undefined {
  const values: string[] = [];
  for (const part of (request.headers.get("cookie") ?? "").split(/[;,]/)) {
    const sign = part.indexOf("=");
    if (sign !== -1 && part.slice(0, sign).trim() === name) values.push(part.slice(sign + 1).trim());
  }
  return values.length === 1 ? values[0] : undefined;
}

/** A `set-cookie` line. @param ageMs how long the browser keeps it, milliseconds; 0: it drops it now */
export function cookieLine(
  purpose: CookiePurpose,
  value: string,
  isSecure: boolean,
  ageMs: number,
): readonly [name: "set-cookie", value: string] {
  const secure = isSecure ? "; Secure" : "";
  const age = Math.floor(ageMs / 1000);
  return [
    "set-cookie",
    `${cookieName(purpose, isSecure)}=${value}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`,
  ];
}
