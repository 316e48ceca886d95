import { momentCell } from "../admin/cells.ts";
import { tenantFlag, tenantsOf } from "../admin/find-in-tenants.ts";
import type { ShownKey } from "../admin/key-lines.ts";
import { adminFlags, withAdmin } from "../admin/open-admin.ts";
import { defined, readOneOf } from "../admin/read-values.ts";
import { limitFlag, readLimit, takeFromTenants } from "../admin/take-items.ts";
import { option } from "../args.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { type Column, tableLines } from "../table.ts";

const STATES = ["active", "expired", "revoked"] as const;

const COLUMNS: readonly Column<ShownKey>[] = [
  { title: "key", text: ({ id }) => id },
  { title: "app", text: ({ tenant, app }) => `${tenant}/${app}` },
  { title: "name", text: ({ name }) => name },
  { title: "environment", text: ({ environment }) => environment ?? "-" },
  { title: "state", text: ({ state }) => state },
  { title: "expires", text: ({ expiresAtMs }) => momentCell(expiresAtMs) },
  { title: "last used", text: ({ lastUsedAtMs }) => momentCell(lastUsedAtMs) },
];

/** `latchkey keys list`: the keys of the member's tenants. */
export const keysList = defineCommand({
  usage: "",
  words: { least: 0, most: 0 },
  flags: {
    tenant: tenantFlag,
    app: option("NAME", "only keys of applications of this name"),
    state: option("STATE", `only keys that are ${STATES.join(", ")}`),
    search: option("TEXT", "only keys with this text in the name or the id"),
    limit: limitFlag,
    ...adminFlags,
  },
  async run({ flags }, context) {
    const { ui } = context;
    const limit = readLimit(flags.limit);
    const state = flags.state === undefined ? undefined : readOneOf("state", flags.state, STATES);
    const query = defined({ app: flags.app, state, text: flags.search });
    const keys = await withAdmin(context, flags, async ({ client }) =>
      takeFromTenants<ShownKey, typeof query>(
        client.keys.list,
        { tenants: await tenantsOf(client, flags.tenant), query },
        limit,
      ),
    );
    const lookOf = ({ state: shown }: ShownKey) => (shown === "active" ? undefined : "dim");
    for (const line of tableLines(COLUMNS, keys, ui.out, lookOf)) ui.out.line(line);
    ui.data({ keys });
    if (keys.length === 0) ui.err.line("No keys.");
    return exitCodes.ok;
  },
});
