import { statfsSync } from "node:fs";
import { LatchkeyError } from "../../kernel/error.ts";
import type { CommandContext } from "../command.ts";
import { pickPort } from "../serve/pick-port.ts";
import { readPort } from "../serve/serve-flags.ts";
import { formatBytes } from "../text.ts";
import { failure } from "./check-config.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

/** Oldest Bun that Latchkey is tried with. */
const OLDEST_BUN = "1.4.0";
const LOW_DISK = 1_000_000_000;
const NO_DISK = 50_000_000;
/** Milliseconds that an answer of what listens on the port may take. */
const PROBE_MS = 2_000;

/** Whether the runtime, the port and the disk will do. */
export async function checkMachine(context: CommandContext): Promise<readonly Finding[]> {
  return [checkBun(), await checkPort(context), checkDisk(context.root)];
}

function checkBun(): Finding {
  if (Bun.semver.order(Bun.version, OLDEST_BUN) >= 0) return ok("bun", `version ${Bun.version}`);
  return fail("bun", `version ${Bun.version} is older than ${OLDEST_BUN}`, "Run `npm install` again.");
}

async function checkPort({ io }: CommandContext): Promise<Finding> {
  const hostname = io.env["HOST"] || "127.0.0.1";
  try {
    const port = readPort(io.env["PORT"]);
    const subject = `port ${port}`;
    try {
      pickPort(hostname, port);
      return ok(subject, `free on ${hostname}`);
    } catch (thrown) {
      if (!(thrown instanceof LatchkeyError) || !(await isLatchkey(hostname, port))) throw thrown;
      return warn(subject, "a Latchkey gateway listens there", "Stop it before you start another one.");
    }
  } catch (thrown) {
    return failure("port", thrown);
  }
}

/** Whether what listens there answers as a gateway does. */
async function isLatchkey(hostname: string, port: number): Promise<boolean> {
  try {
    const host = hostname.includes(":") ? `[${hostname}]` : hostname;
    const response = await fetch(`http://${host}:${port}/v1/models`, {
      signal: AbortSignal.timeout(PROBE_MS),
    });
    await response.body?.cancel();
    return response.headers.has("x-latchkey-error");
  } catch {
    return false;
  }
}

function checkDisk(root: string): Finding {
  try {
    const { bavail, bsize } = statfsSync(root);
    const free = bavail * bsize;
    const message = `${formatBytes(free)} free`;
    const advice = "Make room: the call log grows with every call.";
    if (free < NO_DISK) return fail("disk", message, advice);
    return free < LOW_DISK ? warn("disk", message, advice) : ok("disk", message);
  } catch (thrown) {
    return failure("disk", thrown);
  }
}
