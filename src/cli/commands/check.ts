import { diagnosticsToJson } from "../../compiler/render.ts";
import { flag } from "../args.ts";
import { shortHash } from "../artifacts.ts";
import { defineCommand } from "../command.ts";
import { compileConfig, compiledOf, showDiagnostics } from "../compile-config.ts";
import { exitCodes } from "../exit-codes.ts";
import { contentLine, contentOf } from "../served-content.ts";

/** `latchkey check`: compiles without writing. */
export const check = defineCommand({
  usage: "",
  words: { least: 0, most: 0 },
  flags: { strict: flag("warnings fail, too") },
  async run({ flags }, context) {
    const { ui } = context;
    const result = await compileConfig(context);
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
