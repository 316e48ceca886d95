import { findInTenants, tenantFlag } from "../admin/find-in-tenants.ts";
import { adminFlags, withAdmin } from "../admin/open-admin.ts";
import { subscriptionLines } from "../admin/subscription-text.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";

/** `latchkey approvals show`: a subscription with its history, as the service's owner sees it. */
export const approvalsShow = defineCommand({
  usage: "ID",
  words: { least: 1, most: 1 },
  flags: { tenant: tenantFlag, ...adminFlags },
  async run({ flags, words: [id = ""] }, context) {
    const { thing: approval } = await withAdmin(context, flags, ({ client }) =>
      findInTenants(client, { tenant: flags.tenant, id }, (tenant) =>
        client.approvals.get({ params: { tenant, id } }),
      ),
    );
    for (const line of subscriptionLines(approval)) context.ui.out.line(line);
    context.ui.data({ approval });
    return exitCodes.ok;
  },
});
