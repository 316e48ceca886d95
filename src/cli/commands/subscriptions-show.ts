import { findInTenants, tenantFlag } from "../admin/find-in-tenants.ts";
import { adminFlags, withAdmin } from "../admin/open-admin.ts";
import { subscriptionLines } from "../admin/subscription-text.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";

/** `latchkey subscriptions show`: a subscription with its history, as the application's side sees it. */
export const subscriptionsShow = defineCommand({
  usage: "ID",
  words: { least: 1, most: 1 },
  flags: { tenant: tenantFlag, ...adminFlags },
  async run({ flags, words: [id = ""] }, context) {
    const { thing: subscription } = await withAdmin(context, flags, ({ client }) =>
      findInTenants(client, { tenant: flags.tenant, id }, (tenant) =>
        client.subscriptions.get({ params: { tenant, id } }),
      ),
    );
    for (const line of subscriptionLines(subscription)) context.ui.out.line(line);
    context.ui.data({ subscription });
    return exitCodes.ok;
  },
});
