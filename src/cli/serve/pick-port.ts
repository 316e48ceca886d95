import { LatchkeyError } from "../../kernel/error.ts";

/**
 * The port to listen on: the one asked for when it is free, a free one for 0. Serving threads share their port,
 * so they would also share it, silently, with a gateway that already runs; binding it alone once tells.
 * @throws LatchkeyError LK-6102 when the address is in use or cannot be used.
 */
export function pickPort(hostname: string, port: number): number {
  try {
    const probe = Bun.listen({ hostname, port, socket: { data() {} } });
    const picked = probe.port;
    probe.stop(true);
    return picked;
  } catch (cause) {
    throw cannotListen(hostname, port, cause);
  }
}

function cannotListen(hostname: string, port: number, cause: unknown): LatchkeyError {
  const code = (cause as { code?: unknown } | undefined)?.code;
  if (code === "EADDRINUSE") {
    return new LatchkeyError("LK-6102", `Port ${port} on ${hostname} is already in use.`, { cause });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new LatchkeyError("LK-6102", `Cannot listen on port ${port} of ${hostname}: ${reason}.`, { cause });
}
