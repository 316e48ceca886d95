import { segment } from "../admin/find-in-tenants.ts";
import { adminFlags, withAdmin } from "../admin/open-admin.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";

/** `latchkey tokens revoke`: the end of one of the member's own access tokens. */
export const tokensRevoke = defineCommand({
  usage: "ID",
  words: { least: 1, most: 1 },
  flags: adminFlags,
  async run({ flags, words: [id = ""] }, context) {
    await withAdmin(context, flags, ({ client }) => client.tokens.revoke({ params: { id: segment(id) } }));
    context.ui.out.line("The token is revoked.");
    context.ui.data({ revoked: id });
    return exitCodes.ok;
  },
});
