import { LatchkeyError } from "../../kernel/error.ts";
import type { CallLoss, CallQuery, StoredCall } from "../../stores/ports.ts";
import { callFlags, readCallQuery } from "../call-query.ts";
import { callDetails, createCallTable } from "../call-table.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { firstShownMs, followCalls } from "../follow-calls.ts";
import { plural } from "../text.ts";
import { callsOf } from "../wire.ts";

/** `latchkey logs`: the call log. */
export const logs = defineCommand({
  usage: "",
  words: { least: 0, most: 0 },
  flags: callFlags,
  notes: ["All conditions that are given must hold. With --json each row is a line of its own."],
  async run({ flags }, context) {
    const query = readCallQuery(flags, context.io.clock.now());
    if (flags.follow) return follow(query, context);
    const { rows, losses } = readCalls(query, context.root);
    if (flags.request !== undefined) return showCall(rows, flags.request, context);
    const writer = createWriter(context);
    writer.calls(rows);
    writer.losses(losses);
    if (rows.length === 0) context.ui.err.line("No calls.");
    return exitCodes.ok;
  },
});

async function follow(query: CallQuery, context: CommandContext): Promise<ExitCode> {
  const ended = Promise.withResolvers<void>();
  const off = [context.io.onSignal("SIGINT", ended.resolve), context.io.onSignal("SIGTERM", ended.resolve)];
  const writer = createWriter(context);
  try {
    await followCalls({
      query,
      open: () => callsOf(context.root),
      onCalls: writer.calls,
      onLosses: writer.losses,
      ended: ended.promise,
    });
  } finally {
    for (const end of off) end();
  }
  return exitCodes.ok;
}

function readCalls(
  query: CallQuery,
  root: string,
): { readonly rows: readonly StoredCall[]; readonly losses: readonly CallLoss[] } {
  const reader = callsOf(root);
  try {
    const rows = reader.read(query);
    return { rows, losses: reader.losses(firstShownMs(query, rows)) };
  } finally {
    reader.close();
  }
}

function showCall([call]: readonly StoredCall[], requestId: string, { ui }: CommandContext): ExitCode {
  if (call === undefined) throw new LatchkeyError("LK-6108", `The call log has no request ${requestId}.`);
  for (const line of callDetails(call)) ui.out.line(line);
  ui.data({ event: "call", ...call }, "line");
  return exitCodes.ok;
}

function createWriter({ ui }: CommandContext) {
  const table = createCallTable(ui.out);
  return {
    calls(stored: readonly StoredCall[]): void {
      // Serving threads hand their rows over in batches, so the order in which they were stored is another one.
      const rows = stored.toSorted((one, other) => one.time - other.time || one.position - other.position);
      for (const line of table(rows)) ui.out.line(line);
      for (const row of rows) ui.data({ event: "call", ...row }, "line");
    },
    losses(losses: readonly CallLoss[]): void {
      for (const { time, rows } of losses) {
        if (!ui.json)
          ui.err.line(
            `${new Date(time).toISOString()}  ${plural(rows, "row")} lost: \`call-log-failed\` in the gateway's log says why`,
          );
        ui.data({ event: "loss", time, rows }, "line");
      }
    },
  };
}
