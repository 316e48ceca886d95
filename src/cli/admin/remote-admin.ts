import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { AdminClient } from "../../admin/client/client-types.ts";
import { createAdminClient } from "../../admin/client.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { usageError } from "../args.ts";
import type { Io } from "../io.ts";

/** Milliseconds within which a gateway has to answer: a little more than it gives itself. */
const TIMEOUT_MS = 40_000;

/** The admin API of a gateway. @param token access token of a member */
export function remoteAdmin(baseUrl: string, token: string): AdminClient {
  return createAdminClient({
    baseUrl,
    token,
    async fetch(url, init) {
      try {
        return await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
      } catch (cause) {
        const internal = cause instanceof Error ? cause.message : String(cause);
        throw new LatchkeyError("LK-6112", `The gateway at ${baseUrl} does not answer.`, { cause, internal });
      }
    },
  });
}

/** The address that `--gateway` names. @throws LatchkeyError LK-6103 */
export function readGateway(text: string): string {
  const url = URL.parse(text);
  const isAddress =
    url !== null &&
    ["http:", "https:"].includes(url.protocol) &&
    url.username + url.password + url.search + url.hash === "";
  if (isAddress) return url.href.replace(/\/+$/, "");
  throw usageError("--gateway takes an address such as https://gateway.example, without credentials");
}

/** Whether a token on its way to this address can be read by whoever is in between. */
export function isOpenToOthers(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === "http:" && !/^(localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}

/** The access token, of the file that `--token` names or of the environment. @throws LatchkeyError LK-6103 */
export function readToken({ env, cwd }: Pick<Io, "env" | "cwd">, flag: string | undefined): string {
  const token = flag === undefined ? (env["LATCHKEY_TOKEN"] ?? "").trim() : readTokenFile(flag, cwd);
  // Anything else could not stand in a header, and must not be repeated in words about that.
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw usageError(
    token === ""
      ? "A gateway is asked with an access token: set LATCHKEY_TOKEN, or name a file by --token @FILE"
      : "The access token is not one: it has visible ASCII characters alone",
  );
}

function readTokenFile(flag: string, cwd: string): string {
  if (!flag.startsWith("@")) {
    throw usageError(
      "An access token is not taken as an argument: it would stay in the shell's history and show in the list of processes. Set LATCHKEY_TOKEN, or name a file by --token @FILE. If it was a real token, revoke it",
    );
  }
  try {
    return readFileSync(resolve(cwd, flag.slice(1)), "utf8").trim();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw usageError(`The file of --token cannot be read: ${reason}`);
  }
}
