import { findInTenants, tenantFlag } from "../admin/find-in-tenants.ts";
import { adminFlags, tellWhen, withAdmin } from "../admin/open-admin.ts";
import { subscriptionLine } from "../admin/subscription-text.ts";
import { option } from "../args.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";

/** `latchkey subscriptions cancel`: gives a subscription up, or the request for one. */
export const subscriptionsCancel = defineCommand({
  usage: "ID",
  words: { least: 1, most: 1 },
  flags: { reason: option("TEXT", "why, to be read by both sides"), tenant: tenantFlag, ...adminFlags },
  async run({ flags, words: [id = ""] }, context) {
    return withAdmin(context, flags, async (admin) => {
      const { client } = admin;
      const body = { reason: flags.reason ?? null };
      const { thing: subscription } = await findInTenants(client, { tenant: flags.tenant, id }, (tenant) =>
        client.subscriptions.cancel({ params: { tenant, id }, body }),
      );
      context.ui.out.line(subscriptionLine(subscription));
      tellWhen(admin, context);
      context.ui.data({ subscription });
      return exitCodes.ok;
    });
  },
});
