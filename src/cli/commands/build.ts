import { setCurrentArtifact, writeArtifact } from "../../artifact/write.ts";
import { diagnosticsToJson } from "../../compiler/render.ts";
import { flag } from "../args.ts";
import { shortHash } from "../artifacts.ts";
import { defineCommand } from "../command.ts";
import { compileOrShow } from "../compile-config.ts";
import { exitCodes } from "../exit-codes.ts";
import { sizesOf } from "../file-sizes.ts";
import { noteAllowed } from "../note-allowed.ts";
import { allowancesOf, allowFlags, currentPredecessor } from "../predecessor.ts";
import { ensureStateFolder } from "../state-folder.ts";
import { formatBytes } from "../text.ts";
import { stateFiles } from "../wire.ts";

/** `latchkey build`: compiles into `.latchkey/<hash>/` and makes it the current artifact. */
export const build = defineCommand({
  usage: "",
  words: { least: 0, most: 0 },
  flags: { "no-activate": flag("write the artifact without making it the current one"), ...allowFlags },
  async run({ flags }, context) {
    const { ui, root } = context;
    const predecessor = await currentPredecessor(context, { allow: allowancesOf(flags), warnOnly: false });
    const compiled = await compileOrShow(context, { predecessor });
    if (compiled === undefined) return exitCodes.configErrors;
    const { directory } = stateFiles(root);
    ensureStateFolder(directory);
    const folder = writeArtifact(directory, compiled);
    await noteAllowed(context, compiled);
    const activated = !flags["no-activate"];
    if (activated) setCurrentArtifact(directory, compiled.hash);
    const files = sizesOf(folder);
    ui.out.line(`artifact ${shortHash(compiled.hash)}${activated ? ", now the current one" : ""}`);
    ui.out.line(`  ${folder}`);
    for (const { name, bytes } of files) ui.out.line(`  ${name}  ${formatBytes(bytes)}`);
    const report = diagnosticsToJson(compiled.diagnostics);
    ui.data({ hash: compiled.hash, folder, current: activated, files, ...report });
    return exitCodes.ok;
  },
});
