import { momentCell } from "../admin/cells.ts";
import { findInTenants, tenantFlag } from "../admin/find-in-tenants.ts";
import { tellText } from "../admin/issue-key.ts";
import { adminFlags, tellWhen, withAdmin } from "../admin/open-admin.ts";
import { readEnd, readLength } from "../admin/read-values.ts";
import { outFlag, showSecretOnce } from "../admin/secret-file.ts";
import { option } from "../args.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";

/** `latchkey keys rotate`: a key in the place of another. */
export const keysRotate = defineCommand({
  usage: "ID",
  words: { least: 1, most: 1 },
  flags: {
    overlap: option("TIME", "how long the old key works beside the new one, default 1d; 0s: it ends at once"),
    expires: option("TIME|DATE", "when the new key ends; default: it lasts as long as the old one was to"),
    out: outFlag,
    tenant: tenantFlag,
    ...adminFlags,
  },
  async run({ flags, words: [id = ""] }, context) {
    const { ui, io } = context;
    const overlapMs = readLength("overlap", flags.overlap ?? "1d");
    const end =
      flags.expires === undefined ? {} : { expiresAtMs: readEnd("expires", flags.expires, io.clock.now()) };
    return withAdmin(context, flags, async (admin) => {
      const { client } = admin;
      const find = (tenant: string) => client.keys.get({ params: { tenant, id } });
      const { tenant } = await findInTenants(client, { tenant: flags.tenant, id }, find);
      const params = { tenant, id };
      const make = () => client.keys.rotate({ params, body: { overlapMs, ...end } });
      const { text, key } = await showSecretOnce(context, flags.out, make);
      const old = await client.keys.get({ params });
      ui.err.line(
        `Key ${key.id} takes the place of ${id}, which works until ${momentCell(old.expiresAtMs)}.`,
      );
      tellText(flags.out, context);
      tellWhen(admin, context);
      ui.data(flags.out === undefined ? { text, key } : { file: flags.out, key });
      return exitCodes.ok;
    });
  },
});
