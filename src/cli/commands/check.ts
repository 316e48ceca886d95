import { diagnosticsToJson } from "../../compiler/render.ts";
import { flag, option } from "../args.ts";
import { readNamed, shortHash } from "../artifacts.ts";
import { defineCommand } from "../command.ts";
import { compileConfig, compiledOf, showDiagnostics } from "../compile-config.ts";
import { exitCodes } from "../exit-codes.ts";
import { allowancesOf, allowFlags, predecessorOf } from "../predecessor.ts";
import { contentLine, contentOf } from "../served-content.ts";
import { stateFiles } from "../wire.ts";

/** `latchkey check`: compiles without writing. */
export const check = defineCommand({
  usage: "",
  words: { least: 0, most: 0 },
  flags: {
    strict: flag("warnings fail, too"),
    against: option("current|HASH", "hold the config to what this artifact promises, as build does"),
    ...allowFlags,
  },
  async run({ flags }, context) {
    const { ui } = context;
    const { against } = flags;
    const predecessor =
      against === undefined
        ? undefined
        : await predecessorOf(context, readNamed(stateFiles(context.root).directory, against), {
            ...{ allow: allowancesOf(flags), warnOnly: false },
          });
    const result = await compileConfig(context, { predecessor });
    const compiled = compiledOf(result);
    const report = diagnosticsToJson(result.diagnostics);
    const passes = compiled !== undefined && !(flags.strict && report.warnings > 0);
    showDiagnostics(result.diagnostics, context);
    if (compiled !== undefined) {
      ui.out.line(`${contentLine(compiled.artifact)}, artifact ${shortHash(compiled.hash)}`);
    }
    const content = compiled === undefined ? null : contentOf(compiled.artifact);
    ui.data({ ok: passes, hash: result.hash, content, ...report });
    return passes ? exitCodes.ok : exitCodes.configErrors;
  },
});
