import type { AdminClient } from "../../admin/client/client-types.ts";
import { eachItem } from "../../admin/client/each-item.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { option } from "../args.ts";
import { isNotThere } from "./cli-error.ts";

/** The flag that names one tenant out of all that the member belongs to. */
export const tenantFlag = option("NAME", "only this tenant; default: all of yours");

/** Something, and the tenant that it was found in. */
export interface FoundInTenant<Thing> {
  readonly tenant: string;
  readonly thing: Thing;
}

/** Names of the member's tenants; only that one where one is named. */
export async function tenantsOf(client: AdminClient, named: string | undefined): Promise<readonly string[]> {
  if (named !== undefined) return [segment(named)];
  const names: string[] = [];
  for await (const { name } of eachItem(client.tenants.list, { query: { limit: 200 } })) names.push(name);
  return names;
}

/**
 * Looks for something in the member's tenants, one after the other.
 * @param id what is looked for, for the words of the error
 * @param look rejects with LK-2020 where it is not
 * @throws LatchkeyError LK-2020 where it is nowhere
 */
export async function findInTenants<Thing>(
  client: AdminClient,
  { tenant: named, id }: { readonly tenant: string | undefined; readonly id: string },
  look: (tenant: string, id: string) => Promise<Thing>,
): Promise<FoundInTenant<Thing>> {
  const known = segment(id);
  for (const tenant of await tenantsOf(client, named)) {
    try {
      return { tenant, thing: await look(tenant, known) };
    } catch (thrown) {
      if (!isNotThere(thrown)) throw thrown;
    }
  }
  throw notThere(id);
}

function notThere(id: string): LatchkeyError {
  const where = "in your tenants";
  return new LatchkeyError("LK-2020", `There is nothing called ${JSON.stringify(id.slice(0, 80))} ${where}.`);
}

/** A name as it may stand in an address. @throws LatchkeyError LK-2020 where it is of dots: nothing is called by them */
export function segment(name: string): string {
  if (name === "" || name === "." || name === "..") throw notThere(name);
  return name;
}
