import { option, usageError } from "../args.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import { examineKey, type KeyFinding } from "../examine-key.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { localOverlay } from "../local-overlay.ts";
import { keyAsArgument, readSecretText } from "../read-secret-text.ts";

/** `latchkey keys verify`: reads a key and tells what it is and what it reaches. */
export const keysVerify = defineCommand({
  usage: "",
  words: { least: 0, most: 1_000 },
  flags: { artifact: option("current|HASH", "look in this artifact instead of compiling the config") },
  notes: [
    "The key is read from standard input, or asked for at a terminal:",
    "  latchkey keys verify < .latchkey/keys/demo.playground.key",
  ],
  async run({ flags, words }, context) {
    if (words.length > 0) throw usageError(keyAsArgument);
    const text = await readSecretText(context.io, "Key");
    if (text === undefined) return exitCodes.cancelled;
    const overlay = await localOverlay(context, flags.artifact);
    if (overlay === undefined) return exitCodes.configErrors;
    const finding = examineKey(text, overlay, context.io.clock.now());
    return showFinding(finding, context);
  },
});

function showFinding(finding: KeyFinding, { ui }: CommandContext): ExitCode {
  const { line, paint } = ui.out;
  line(
    finding.works ? paint("The key works.", "bold", "green") : paint("The key is refused.", "bold", "red"),
  );
  for (const text of finding.lines) line(`  ${text}`);
  const { lines: _, ...data } = finding;
  ui.data(data);
  return finding.works ? exitCodes.ok : exitCodes.notInOrder;
}
