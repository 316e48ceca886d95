import { option, usageError } from "../args.ts";
import { type Command, defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { findInTenants, tenantFlag } from "./find-in-tenants.ts";
import { adminFlags, tellWhen, withAdmin } from "./open-admin.ts";
import { subscriptionLine } from "./subscription-text.ts";

/** Makes the command by which the service's owner rejects or revokes, with a reason. */
export function endApproval(verb: "reject" | "revoke"): Command {
  return defineCommand({
    usage: "ID",
    words: { least: 1, most: 1 },
    flags: {
      reason: option("TEXT", "why, to be read by both sides; has to be given"),
      tenant: tenantFlag,
      ...adminFlags,
    },
    async run({ flags, words: [id = ""] }, context) {
      const { reason } = flags;
      if (reason === undefined) throw usageError("Say why: --reason TEXT");
      return withAdmin(context, flags, async (admin) => {
        const { approvals } = admin.client;
        const where = { tenant: flags.tenant, id };
        const { thing: approval } = await findInTenants(admin.client, where, (tenant) =>
          approvals[verb]({ params: { tenant, id }, body: { reason } }),
        );
        context.ui.out.line(subscriptionLine(approval));
        tellWhen(admin, context);
        context.ui.data({ approval });
        return exitCodes.ok;
      });
    },
  });
}
