import { tenantFlag, tenantsOf } from "../admin/find-in-tenants.ts";
import { adminFlags, withAdmin } from "../admin/open-admin.ts";
import { defined } from "../admin/read-values.ts";
import { type SeenService, serviceColumns } from "../admin/service-text.ts";
import { limitFlag, readLimit, takeItems } from "../admin/take-items.ts";
import { option } from "../args.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { tableLines } from "../table.ts";

/** `latchkey services list`: the catalogue, as the member's tenants may see it. */
export const servicesList = defineCommand({
  usage: "",
  words: { least: 0, most: 0 },
  flags: {
    owner: option("NAME", "only services of this tenant"),
    search: option("TEXT", "only services with this text in the name or the summary"),
    tenant: tenantFlag,
    limit: limitFlag,
    ...adminFlags,
  },
  notes: ["With --json a service is listed once for each of your tenants that may see it."],
  async run({ flags }, context) {
    const { ui } = context;
    const limit = readLimit(flags.limit);
    const query = defined({ owner: flags.owner, text: flags.search });
    const seen = await withAdmin(context, flags, async ({ client }) => {
      const found: SeenService[] = [];
      for (const tenant of await tenantsOf(client, flags.tenant)) {
        const services = await takeItems(client.services.list, { params: { tenant }, query }, limit);
        found.push(...services.map((service) => ({ tenant, ...service })));
      }
      return found;
    });
    const groups = grouped(seen).slice(0, limit);
    for (const line of tableLines(serviceColumns, groups, ui.out)) ui.out.line(line);
    ui.data({ services: groups.flat() });
    if (groups.length === 0) ui.err.line("No services.");
    return exitCodes.ok;
  },
});

function grouped(seen: readonly SeenService[]): readonly (readonly [SeenService, ...SeenService[]])[] {
  const groups = new Map<string, [SeenService, ...SeenService[]]>();
  for (const service of seen) {
    const group = groups.get(service.name);
    if (group === undefined) groups.set(service.name, [service]);
    else group.push(service);
  }
  return [...groups.values()];
}
