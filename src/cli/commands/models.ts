import { type CommandContext, defineCommand } from "../command.ts";
import { compileOrShow } from "../compile-config.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { type ListedModel, listCatalog, listTargets } from "../listed-model.ts";
import { modelFlags, readModelQuery } from "../model-query.ts";
import { modelLines } from "../model-table.ts";
import { plural } from "../text.ts";

/** `latchkey models`: what the catalog knows. */
export const models = defineCommand({
  usage: "",
  words: { least: 0, most: 0 },
  flags: modelFlags,
  notes: [
    "All conditions that are given must hold; what is unknown of a model holds for none. Prices are those of today,",
    "for calls without a discount; `since` is the day from which they are.",
  ],
  async run({ flags }, context) {
    const isWanted = readModelQuery(flags);
    const nowMs = context.io.clock.now();
    if (!flags.configured) return show(listCatalog(nowMs).filter(isWanted), context);
    const compiled = await compileOrShow(context);
    if (compiled === undefined) return exitCodes.configErrors;
    return show(listTargets(compiled.artifact, nowMs).filter(isWanted), context);
  },
});

function show(found: readonly ListedModel[], { ui }: CommandContext): ExitCode {
  ui.data({ models: found });
  if (found.length === 0)
    ui.err.line("No models. Those of servers of your own are known by `--configured` alone.");
  else for (const line of modelLines(found, ui.out)) ui.out.line(line);
  if (found.length > 0 && ui.out.terminal) ui.err.line(plural(found.length, "model"));
  return exitCodes.ok;
}
