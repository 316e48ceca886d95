import { tenantFlag, tenantsOf } from "../admin/find-in-tenants.ts";
import { adminFlags, withAdmin } from "../admin/open-admin.ts";
import { defined } from "../admin/read-values.ts";
import { readState, stateFlag } from "../admin/subscription-states.ts";
import { inboxColumns, type ShownSubscriber, subscriptionColumns } from "../admin/subscription-text.ts";
import { limitFlag, readLimit, takeFromTenants } from "../admin/take-items.ts";
import { flag, option } from "../args.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { tableLines } from "../table.ts";

/** `latchkey approvals list`: what waits for the member's decision, or all subscriptions to their services. */
export const approvalsList = defineCommand({
  usage: "",
  words: { least: 0, most: 0 },
  flags: {
    all: flag("all subscriptions to your services, and not only what waits for your decision"),
    state: stateFlag,
    service: option("NAME", "only those to this service"),
    tenant: tenantFlag,
    limit: limitFlag,
    ...adminFlags,
  },
  notes: ["--state is about all subscriptions, as --all."],
  async run({ flags }, context) {
    const { ui } = context;
    const limit = readLimit(flags.limit);
    const state = readState(flags.state);
    const isInbox = !flags.all && state === undefined;
    const query = defined({ service: flags.service, state });
    const approvals = await withAdmin(context, flags, async ({ client }) => {
      const tenants = await tenantsOf(client, flags.tenant);
      const list = isInbox ? client.approvals.inbox : client.subscribers.list;
      return takeFromTenants<ShownSubscriber, typeof query>(list, { tenants, query }, limit);
    });
    const lines = isInbox
      ? tableLines(inboxColumns, approvals, ui.out)
      : tableLines(subscriptionColumns, approvals, ui.out);
    for (const line of lines) ui.out.line(line);
    ui.data({ approvals });
    if (approvals.length === 0) ui.err.line(isInbox ? "Nothing waits for you." : "No subscriptions.");
    return exitCodes.ok;
  },
});
