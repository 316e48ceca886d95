import { adminFlags, withAdmin } from "../admin/open-admin.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";

/** `latchkey audit verify`: follows the chain of the audit log. */
export const auditVerify = defineCommand({
  usage: "",
  words: { least: 0, most: 0 },
  flags: adminFlags,
  notes: ["It ends with 6 where the chain breaks, and names the entry. It takes an operator."],
  async run({ flags }, context) {
    const { ui } = context;
    const { entries, broken } = await withAdmin(context, flags, ({ client }) =>
      ui.progress("Following the audit log", () => client.audit.verify()),
    );
    ui.data({ entries, broken });
    if (broken === null) {
      ui.out.line(
        `The audit log holds: ${entries.toLocaleString("en-US")} ${entries === 1 ? "entry" : "entries"}.`,
      );
      return exitCodes.ok;
    }
    const words = `The audit log breaks at entry ${broken.sequence}: ${broken.problem}`;
    ui.out.line(ui.out.paint(words, "bold", "red"));
    return exitCodes.notInOrder;
  },
});
