import { identitySettingsOf } from "../../admin/identity/settings-of.ts";
import { makeSignInLink } from "../../admin/identity/sign-in-link.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { option } from "../args.ts";
import { readCurrent } from "../artifacts.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { recordsOf, stateFiles } from "../wire.ts";

/** `latchkey sign-in`: a link that signs a member in once, for whoever runs the gateway's machine. */
export const signIn = defineCommand({
  usage: "ADDRESS",
  words: { least: 1, most: 1 },
  flags: {
    url: option(
      "URL",
      "where the browser reaches the gateway, default the config's publicUrl, or http://localhost:8787",
    ),
  },
  notes: [
    "ADDRESS is that of a member of a tenant, or of an operator, as the config names it.",
    "The link works once and for 10 minutes. `signIn: { link: false }` in the config turns links off.",
  ],
  async run({ flags, words: [address = ""] }, { io, ui, root }) {
    const stored = readCurrent(stateFiles(root).directory);
    if (stored === undefined) {
      throw new LatchkeyError(
        "LK-6004",
        "There is no current artifact: start the gateway, or run `latchkey build`.",
      );
    }
    const settings = identitySettingsOf(stored);
    const baseUrl = flags.url ?? settings.publicUrl ?? "http://localhost:8787";
    const records = recordsOf(root, io.clock);
    try {
      const parts = { records, clock: io.clock, settings: () => settings };
      const link = await makeSignInLink(parts, address, baseUrl);
      ui.out.line(link);
      ui.err.line("Open it in a browser within 10 minutes; it works once.");
      ui.data({ link, address });
      return exitCodes.ok;
    } finally {
      await records.close();
    }
  },
});
