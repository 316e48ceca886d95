import { accessSync, constants, existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { formatDuration } from "../../kernel/duration.ts";
import type { CallLoss } from "../../stores/ports.ts";
import type { CommandContext } from "../command.ts";
import { plural } from "../text.ts";
import { callsOf, recordsOf, stateFiles } from "../wire.ts";
import { failure } from "./check-config.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

/** How far back losses of the call log are of interest. */
const LOSS_MS = 86_400_000;

/** Whether the state folder is private and writable, its files can be read, and nothing was lost. */
export async function checkState({ root, io }: CommandContext): Promise<readonly Finding[]> {
  const { directory, keys } = stateFiles(root);
  if (!existsSync(directory)) return [ok("state", `${directory} will be made at the first start`)];
  return [
    checkFolder(directory),
    ...checkKeyFiles(keys),
    await checkRecords(root),
    checkCalls(root, io.clock.now()),
  ];
}

function checkFolder(directory: string): Finding {
  try {
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return fail("state", `${directory} cannot be written`, `Give it to the user that runs the gateway.`);
  }
  return checkMode("state", directory, 0o700);
}

function checkKeyFiles(directory: string): readonly Finding[] {
  if (!existsSync(directory)) return [];
  try {
    return readdirSync(directory).map((name) => checkMode(`key file ${name}`, join(directory, name), 0o600));
  } catch (thrown) {
    return [failure("key files", thrown)];
  }
}

/** Windows has no modes to look at. */
function checkMode(subject: string, path: string, wanted: number): Finding {
  const mode = statSync(path).mode & 0o777;
  const open = process.platform !== "win32" && (mode & ~wanted) !== 0;
  if (!open) return ok(subject, "only its owner can read it");
  const advice = `Run \`chmod ${wanted.toString(8)} ${path}\`.`;
  return fail(subject, `others can reach it: its mode is ${mode.toString(8)}`, advice);
}

async function checkRecords(root: string): Promise<Finding> {
  if (!existsSync(stateFiles(root).records)) return ok("records", "none yet");
  try {
    const records = recordsOf(root);
    try {
      const keys = await records.count({ kind: "key", where: { state: "active" } });
      return ok("records", plural(keys, "issued key"));
    } finally {
      await records.close();
    }
  } catch (thrown) {
    return failure("records", thrown);
  }
}

function checkCalls(root: string, nowMs: number): Finding {
  if (!existsSync(stateFiles(root).calls)) return ok("call log", "none yet");
  try {
    const reader = callsOf(root);
    try {
      reader.read({ limit: 1 });
      return checkLosses(reader.losses(nowMs - LOSS_MS));
    } finally {
      reader.close();
    }
  } catch (thrown) {
    return failure("call log", thrown);
  }
}

/** The log notes how many rows were lost and when, and why only in what the gateway printed. */
function checkLosses(losses: readonly CallLoss[]): Finding {
  const [first] = losses;
  const last = losses.at(-1);
  if (first === undefined || last === undefined)
    return ok("call log", "it can be read; nothing was lost in a day");
  const rows = losses.reduce((sum, loss) => sum + loss.rows, 0);
  const [from, to] = [first, last].map(({ time }) => new Date(time).toISOString());
  const when = from === to ? `at ${from}` : `from ${from} to ${to}`;
  const message = `${plural(rows, "row")} lost within ${formatDuration(LOSS_MS)}, ${when}`;
  const advice =
    "The calls were answered; they are missing from the log alone. Usually more calls ended than its one writer could store: spread them over more gateways. The gateway's output of that time says so, or what else it was, at `call-log-failed`.";
  return warn("call log", message, advice);
}
