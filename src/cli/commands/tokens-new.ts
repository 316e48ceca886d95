import { momentCell } from "../admin/cells.ts";
import { tellText } from "../admin/issue-key.ts";
import { adminFlags, withAdmin } from "../admin/open-admin.ts";
import { readEnd, readNames } from "../admin/read-values.ts";
import { outFlag, showSecretOnce } from "../admin/secret-file.ts";
import { option } from "../args.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";

/** `latchkey tokens new`: an access token that acts for the member. */
export const tokensNew = defineCommand({
  usage: "NAME",
  words: { least: 1, most: 1 },
  flags: {
    permissions: option("NAMES", "only these, such as key.read,key.create; default: all that you may do"),
    expires: option("TIME|DATE", "when it ends: after 90d, or with the day 2027-06-30 (UTC); default: never"),
    for: option("ADDRESS", "act for this member, on the gateway's own machine"),
    out: outFlag,
    ...adminFlags,
  },
  notes: [
    "It acts for whoever --gateway is asked as, or on the gateway's own machine for the member that --for names.",
  ],
  async run({ flags, words: [name = ""] }, context) {
    const { ui, io } = context;
    const expiresAtMs =
      flags.expires === undefined ? null : readEnd("expires", flags.expires, io.clock.now());
    const body = { name, permissions: readNames("permissions", flags.permissions), expiresAtMs };
    const { text, token } = await withAdmin(
      context,
      flags,
      ({ client }) => showSecretOnce(context, flags.out, () => client.tokens.create({ body })),
      flags.for,
    );
    const end =
      token.expiresAtMs === null ? "it does not expire" : `it expires at ${momentCell(token.expiresAtMs)}`;
    ui.err.line(`Token ${token.id}; ${end}.`);
    tellText(flags.out, context);
    ui.data(flags.out === undefined ? { text, token } : { file: flags.out, token });
    return exitCodes.ok;
  },
});
