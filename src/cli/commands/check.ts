import { diagnosticsToJson } from "../../compiler/render.ts";
import { describeSecret } from "../../kernel/secret.ts";
import { flag, option } from "../args.ts";
import { readNamed, shortHash } from "../artifacts.ts";
import { defineCommand } from "../command.ts";
import { compileConfig, compiledOf, showDiagnostics } from "../compile-config.ts";
import { exitCodes } from "../exit-codes.ts";
import { allowancesOf, allowFlags, predecessorOf } from "../predecessor.ts";
import { type LackingPart, lackingParts } from "../secrets.ts";
import { contentLine, contentOf } from "../served-content.ts";
import { secretsOf, stateFiles } from "../wire.ts";

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
    // Where a config is checked is often not where it is served: what lacks is told, and is no mistake of the config.
    const lacking = compiled === undefined ? [] : lackingParts(compiled.artifact, secretsOf(context.root));
    showDiagnostics(result.diagnostics, context);
    if (compiled !== undefined) {
      ui.out.line(`${contentLine(compiled.artifact)}, artifact ${shortHash(compiled.hash)}`);
      for (const { kind, name, without, missing } of lacking) {
        const names = missing.map(describeSecret).join(", ");
        ui.out.line(`Here ${names} is missing: the ${kind} ${name} ${without}.`);
      }
    }
    const content = compiled === undefined ? null : contentOf(compiled.artifact);
    ui.data({ ok: passes, hash: result.hash, content, lacking: lacking.map(shownLack), ...report });
    return passes ? exitCodes.ok : exitCodes.configErrors;
  },
});

function shownLack({ kind, name, missing }: LackingPart): object {
  return { kind, name, missing: missing.map(describeSecret) };
}
