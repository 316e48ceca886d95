import { option } from "../args.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { allowancesOf, allowFlags } from "../predecessor.ts";
import { readServeSettings, serveFlags, serveNotes } from "../serve/serve-flags.ts";
import { type ArtifactSource, startSession } from "../serve/session.ts";
import { untilStopped } from "../serve/until-stopped.ts";

/** `latchkey start`: compiles the config and serves it until a signal comes. */
export const start = defineCommand({
  usage: "",
  words: { least: 0, most: 0 },
  flags: {
    ...serveFlags,
    artifact: option("current|HASH", "serve this artifact instead of compiling the config"),
    ...allowFlags,
  },
  notes: [
    ...serveNotes,
    "SIGHUP compiles the config again (with --artifact: reads the artifact again) and takes it over",
    "without dropping a request; what runs stays when that fails. --allow-breaking and --allow-retire",
    "are for the start alone: for a reload, run `latchkey build` with them first.",
  ],
  async run({ flags }, context) {
    const settings = readServeSettings(flags, context.io.env);
    const source: ArtifactSource =
      flags.artifact === undefined
        ? { from: "config", allow: allowancesOf(flags), warnOnly: false }
        : { from: "kept", name: flags.artifact };
    const session = await startSession(context, settings, source);
    if (session === undefined) return exitCodes.configErrors;
    return untilStopped(context, session, settings.drainMs);
  },
});
