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
  return new LatchkeyError("LK-6102", `${reasonOf(hostname, port, cause)}.`, { cause });
}

/** A name that stands for no address has no code: looking it up has failed before. */
function reasonOf(hostname: string, port: number, cause: unknown): string {
  const code = (cause as { code?: unknown } | undefined)?.code;
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} on ${hostname} is already in use`;
    case "EACCES":
      return `This process may not listen on port ${port}: ports below 1024 need more rights`;
    case "EADDRNOTAVAIL":
    case undefined:
      return `"${hostname}" is no address of this machine`;
    default:
      return `Cannot listen on port ${port} of ${hostname}: ${String(code)}`;
  }
}
