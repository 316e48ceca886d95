import { auditEntries, type ShownAudit } from "../admin/audit-entries.ts";
import { momentCell } from "../admin/cells.ts";
import { adminFlags, withAdmin } from "../admin/open-admin.ts";
import { defined, readBegin } from "../admin/read-values.ts";
import { readLimit } from "../admin/take-items.ts";
import { option } from "../args.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { type Column, tableLines } from "../table.ts";

const DEFAULT_LIMIT = 50;

const COLUMNS: readonly Column<ShownAudit>[] = [
  { title: "time", text: ({ timeMs }) => momentCell(timeMs) },
  { title: "tenant", text: ({ tenant }) => tenant ?? "-" },
  { title: "who", text: ({ actor }) => `${actor.kind} ${actor.id}` },
  { title: "from", text: ({ actor }) => actor.address ?? "-" },
  { title: "action", text: ({ action }) => action },
  { title: "subject", text: ({ subject }) => subject },
];

/** `latchkey audit list`: who changed what. */
export const auditList = defineCommand({
  usage: "",
  words: { least: 0, most: 0 },
  flags: {
    tenant: option("NAME", "only what concerns this tenant; default: all that you may see"),
    actor: option("NAME", "only what this one did, as the log names them"),
    action: option("NAME", "only this action, such as key.revoke"),
    subject: option("NAME", "only what was done to this, such as key:ID"),
    since: option("TIME|DATE", "only from so long ago on, as 1h, or from this day (UTC) on"),
    until: option("TIME|DATE", "only until so long ago, or until this day (UTC) began"),
    limit: option("N", `entries at most, the newest ones; default ${DEFAULT_LIMIT}`),
    ...adminFlags,
  },
  notes: ["With --json each entry has what it was `before` and `after`."],
  async run({ flags }, context) {
    const { ui, io } = context;
    const { actor, action, subject, since, until } = flags;
    const at = (flag: string, text: string | undefined) =>
      text === undefined ? undefined : readBegin(flag, text, io.clock.now());
    const times = { sinceMs: at("since", since), untilMs: at("until", until) };
    const wanted = {
      query: defined({ actor, action, subject, ...times }),
      limit: readLimit(flags.limit, DEFAULT_LIMIT),
    };
    const entries = await withAdmin(context, flags, ({ client }) =>
      auditEntries(client, flags.tenant, wanted),
    );
    for (const line of tableLines(COLUMNS, entries, ui.out)) ui.out.line(line);
    ui.data({ entries });
    if (entries.length === 0) ui.err.line("No entries.");
    return exitCodes.ok;
  },
});
