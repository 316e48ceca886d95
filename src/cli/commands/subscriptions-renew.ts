import { findInTenants, tenantFlag } from "../admin/find-in-tenants.ts";
import { adminFlags, tellWhen, withAdmin } from "../admin/open-admin.ts";
import { subscriptionLine } from "../admin/subscription-text.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";

/** `latchkey subscriptions renew`: asks for more time. */
export const subscriptionsRenew = defineCommand({
  usage: "ID",
  words: { least: 1, most: 1 },
  flags: { tenant: tenantFlag, ...adminFlags },
  async run({ flags, words: [id = ""] }, context) {
    return withAdmin(context, flags, async (admin) => {
      const { client } = admin;
      const { thing: subscription } = await findInTenants(client, { tenant: flags.tenant, id }, (tenant) =>
        client.subscriptions.renew({ params: { tenant, id } }),
      );
      context.ui.out.line(subscriptionLine(subscription));
      tellWhen(admin, context);
      context.ui.data({ subscription });
      return exitCodes.ok;
    });
  },
});
