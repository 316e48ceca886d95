import { findInTenants, tenantFlag } from "../admin/find-in-tenants.ts";
import { adminFlags, tellWhen, withAdmin } from "../admin/open-admin.ts";
import { subscriptionLine } from "../admin/subscription-text.ts";
import { readNarrowed, termsFlags } from "../admin/terms-flags.ts";
import { option } from "../args.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";

/** `latchkey approvals approve`: approves what is asked for, or a part of it. */
export const approvalsApprove = defineCommand({
  usage: "ID",
  words: { least: 1, most: 1 },
  flags: {
    ...termsFlags,
    reason: option("TEXT", "why, to be read by both sides"),
    tenant: tenantFlag,
    ...adminFlags,
  },
  notes: ["What is not narrowed is approved as it was asked for."],
  async run({ flags, words: [id = ""] }, context) {
    const body = { terms: readNarrowed(flags), reason: flags.reason ?? null };
    return withAdmin(context, flags, async (admin) => {
      const { client } = admin;
      const { thing: approval } = await findInTenants(client, { tenant: flags.tenant, id }, (tenant) =>
        client.approvals.approve({ params: { tenant, id }, body }),
      );
      context.ui.out.line(subscriptionLine(approval));
      const votes = approval.open?.votes.length ?? 0;
      if (votes > 0) context.ui.err.line(`Approved by ${votes} so far: the policy asks for more.`);
      else tellWhen(admin, context);
      context.ui.data({ approval });
      return exitCodes.ok;
    });
  },
});
