import type { AdminClient } from "../../admin/client/client-types.ts";
import { tenantFlag, tenantsOf } from "../admin/find-in-tenants.ts";
import { adminFlags, withAdmin } from "../admin/open-admin.ts";
import { usageError } from "../args.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { plural } from "../text.ts";

/** `latchkey approvals export`: approved subscriptions as code of the config. */
export const approvalsExport = defineCommand({
  usage: "",
  words: { least: 0, most: 0 },
  flags: { tenant: tenantFlag, ...adminFlags },
  notes: ["Operators get all tenants in one text; who belongs to several names one by --tenant."],
  async run({ flags }, context) {
    const { ui } = context;
    const exported = await withAdmin(context, flags, ({ client }) => exportOf(client, flags.tenant));
    ui.out.line(exported.text);
    ui.data(exported);
    const { length } = exported.remarked;
    if (length > 0) ui.err.line(`${plural(length, "subscription")} with terms or an end stand in comments.`);
    return exitCodes.ok;
  },
});

async function exportOf(client: AdminClient, named: string | undefined) {
  if (named === undefined && (await client.me.get()).isOperator) return client.approvals.exportAll();
  const [tenant, ...others] = await tenantsOf(client, named);
  if (tenant === undefined || others.length > 0) throw usageError("Name one of your tenants: --tenant NAME");
  return client.approvals.export({ params: { tenant } });
}
