import { tenantFlag, tenantsOf } from "../admin/find-in-tenants.ts";
import { adminFlags, withAdmin } from "../admin/open-admin.ts";
import { defined } from "../admin/read-values.ts";
import { readState, stateFlag } from "../admin/subscription-states.ts";
import { type ShownSubscription, subscriptionColumns } from "../admin/subscription-text.ts";
import { limitFlag, readLimit, takeFromTenants } from "../admin/take-items.ts";
import { option } from "../args.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { tableLines } from "../table.ts";

/** `latchkey subscriptions list`: what the applications of the member's tenants are subscribed to. */
export const subscriptionsList = defineCommand({
  usage: "",
  words: { least: 0, most: 0 },
  flags: {
    tenant: tenantFlag,
    app: option("NAME", "only those of applications of this name"),
    service: option("NAME", "only those to this service"),
    state: stateFlag,
    limit: limitFlag,
    ...adminFlags,
  },
  async run({ flags }, context) {
    const { ui } = context;
    const limit = readLimit(flags.limit);
    const query = defined({ app: flags.app, service: flags.service, state: readState(flags.state) });
    const subscriptions = await withAdmin(context, flags, async ({ client }) =>
      takeFromTenants<ShownSubscription, typeof query>(
        client.subscriptions.list,
        { tenants: await tenantsOf(client, flags.tenant), query },
        limit,
      ),
    );
    for (const line of tableLines(subscriptionColumns, subscriptions, ui.out)) ui.out.line(line);
    ui.data({ subscriptions });
    if (subscriptions.length === 0) ui.err.line("No subscriptions.");
    return exitCodes.ok;
  },
});
