import { parseApiKey } from "../../kernel/api-key.ts";
import { findInTenants, tenantFlag } from "../admin/find-in-tenants.ts";
import { keyLines } from "../admin/key-lines.ts";
import { adminFlags, withAdmin } from "../admin/open-admin.ts";
import { usageError } from "../args.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { keyAsArgument, readSecretText } from "../read-secret-text.ts";

/** `latchkey keys inspect`: tells which key of the member's tenants a text is. */
export const keysInspect = defineCommand({
  usage: "",
  words: { least: 0, most: 1_000 },
  flags: { tenant: tenantFlag, ...adminFlags },
  notes: [
    "The key is read from standard input, or asked for at a terminal. `keys verify` tells what it reaches.",
  ],
  async run({ flags, words }, context) {
    if (words.length > 0) throw usageError(keyAsArgument);
    const text = await readSecretText(context.io, "Key");
    if (text === undefined) return exitCodes.cancelled;
    const publicId = parseApiKey(text)?.publicId;
    if (publicId === undefined) throw usageError("What was read is not the whole text of a key");
    return withAdmin(context, flags, async ({ client }) => {
      const where = { tenant: flags.tenant, id: publicId };
      const { thing: key } = await findInTenants(client, where, (tenant) =>
        client.keys.inspect({ params: { tenant }, body: { key: text } }),
      );
      for (const line of keyLines(key)) context.ui.out.line(line);
      context.ui.data({ key });
      return exitCodes.ok;
    });
  },
});
