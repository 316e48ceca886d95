import { findInTenants, tenantFlag } from "../admin/find-in-tenants.ts";
import { adminFlags, withAdmin } from "../admin/open-admin.ts";
import { serviceLines } from "../admin/service-text.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";

/** `latchkey services show`: a service with all that it offers. */
export const servicesShow = defineCommand({
  usage: "NAME",
  words: { least: 1, most: 1 },
  flags: { tenant: tenantFlag, ...adminFlags },
  notes: ["Without --tenant it is shown as the first of your tenants sees it that may."],
  async run({ flags, words: [name = ""] }, context) {
    const { tenant, thing: service } = await withAdmin(context, flags, ({ client }) =>
      findInTenants(client, { tenant: flags.tenant, id: name }, (one) =>
        client.services.get({ params: { tenant: one, service: name } }),
      ),
    );
    for (const line of serviceLines(service, tenant)) context.ui.out.line(line);
    context.ui.data({ tenant, service });
    return exitCodes.ok;
  },
});
