import type { ErrorCode } from "../kernel/codes.ts";
import { LatchkeyError } from "../kernel/error.ts";
import type { UpstreamOrigin } from "./parse-origin.ts";

/** An error whose words for the log begin with the upstream's address. */
export function connectionFault(
  code: ErrorCode,
  { hostname, port }: UpstreamOrigin,
  detail: string,
  cause?: unknown,
): LatchkeyError {
  return new LatchkeyError(code, undefined, { internal: `${hostname}:${port}: ${detail}`, cause });
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was reset",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  ENOTFOUND: "the host's name cannot be resolved",
  EPIPE: "the connection was closed",
  ETIMEDOUT: "the host does not answer",
};

/** Words for an error of the operating system, of name resolution or of TLS. */
export function describeFault(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const code = "code" in thrown && typeof thrown.code === "string" ? thrown.code : undefined;
  if (code === undefined) return thrown.message;
  return `${WORDS[code] ?? thrown.message} (${code})`;
}
