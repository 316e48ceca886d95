import type { TokenAnswer } from "../../admin/contract/tokens.ts";
import { momentCell, namesCell } from "../admin/cells.ts";
import { adminFlags, withAdmin } from "../admin/open-admin.ts";
import { limitFlag, readLimit, takeItems } from "../admin/take-items.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { type Column, tableLines } from "../table.ts";

const COLUMNS: readonly Column<TokenAnswer>[] = [
  { title: "token", text: ({ id }) => id },
  { title: "name", text: ({ name }) => name },
  { title: "permissions", text: ({ permissions }) => namesCell(permissions) },
  { title: "made", text: ({ createdAtMs }) => momentCell(createdAtMs) },
  { title: "expires", text: ({ expiresAtMs }) => momentCell(expiresAtMs) },
];

/** `latchkey tokens list`: the member's own access tokens. */
export const tokensList = defineCommand({
  usage: "",
  words: { least: 0, most: 0 },
  flags: { limit: limitFlag, ...adminFlags },
  async run({ flags }, context) {
    const { ui } = context;
    const limit = readLimit(flags.limit);
    const tokens = await withAdmin(context, flags, ({ client }) =>
      takeItems(client.tokens.list, { params: {}, query: {} }, limit),
    );
    for (const line of tableLines(COLUMNS, tokens, ui.out)) ui.out.line(line);
    ui.data({ tokens });
    if (tokens.length === 0) ui.err.line("No access tokens.");
    return exitCodes.ok;
  },
});
