import type { z } from "zod";
import type { AdminClient } from "../../admin/client/client-types.ts";
import type { explainAccess, listAccess } from "../../admin/contract/access.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { isNotThere } from "./cli-error.ts";
import { tenantsOf } from "./find-in-tenants.ts";
import { takeItems } from "./take-items.ts";

type MatrixRow = z.output<typeof listAccess.output>["items"][number] & { readonly tenant: string };

/** Why a key may call something, or may not. */
type Why = z.output<typeof explainAccess.output>;

/** Which rows are wanted. */
interface AccessQuery {
  readonly app?: string;
  readonly key?: string;
  readonly service?: string;
  readonly thing?: string;
}

/** What the keys of the member's tenants may call, as the gateway says. */
export async function remoteMatrix(
  client: AdminClient,
  named: string | undefined,
  query: AccessQuery,
): Promise<readonly MatrixRow[]> {
  const rows: MatrixRow[] = [];
  for (const tenant of await tenantsOf(client, named)) {
    const found = await takeItems(
      client.access.matrix,
      { params: { tenant }, query },
      Number.POSITIVE_INFINITY,
    );
    rows.push(...found.map((row) => ({ tenant, ...row })));
  }
  return rows;
}

/**
 * Why a key of one of the member's tenants may call something, or may not, as the gateway says.
 * @throws LatchkeyError LK-6111 where there is no such key, or no such thing
 */
export async function remoteWhy(
  client: AdminClient,
  named: string | undefined,
  query: { readonly key: string; readonly thing: string },
): Promise<Why> {
  for (const tenant of await tenantsOf(client, named)) {
    try {
      return await client.access.why({ params: { tenant }, query });
    } catch (thrown) {
      if (!isNotThere(thrown)) throw thrown;
    }
  }
  const [key, thing] = [query.key, query.thing].map((name) => JSON.stringify(name.slice(0, 80)));
  throw new LatchkeyError(
    "LK-6111",
    `No key of yours that works is called ${key}, or nothing is called ${thing}.`,
  );
}
