import { findInTenants, tenantFlag } from "../admin/find-in-tenants.ts";
import { adminFlags, tellWhen, withAdmin } from "../admin/open-admin.ts";
import { option } from "../args.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";

/** `latchkey keys revoke`: the end of a key. */
export const keysRevoke = defineCommand({
  usage: "ID",
  words: { least: 1, most: 1 },
  flags: {
    reason: option("TEXT", "why; it is kept with the key and in the audit log"),
    tenant: tenantFlag,
    ...adminFlags,
  },
  async run({ flags, words: [id = ""] }, context) {
    return withAdmin(context, flags, async (admin) => {
      const { client } = admin;
      const body = { reason: flags.reason ?? null };
      const { thing: key } = await findInTenants(client, { tenant: flags.tenant, id }, (tenant) =>
        client.keys.revoke({ params: { tenant, id }, body }),
      );
      context.ui.out.line(`Key ${key.id} of ${key.tenant}/${key.app} is revoked.`);
      tellWhen(admin, context);
      context.ui.data({ key });
      return exitCodes.ok;
    });
  },
});
