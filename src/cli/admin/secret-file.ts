import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import { assert } from "../../kernel/assert.ts";
import { option, usageError } from "../args.ts";
import type { CommandContext } from "../command.ts";

/** The flag that sends a secret into a file. */
export const outFlag = option(
  "FILE",
  "write the text to this new file, which only you can read, and do not show it",
);

/**
 * Shows a secret that is made now, once: on stdout, or in a file where one is named. The file is there before the secret
 * is, so that no secret is lost for want of a place.
 * @param file as it was given; it must not exist yet
 * @throws LatchkeyError LK-6103 where the file cannot be made
 */
export async function showSecretOnce<Made extends { readonly text: string | null }>(
  { io, ui }: CommandContext,
  file: string | undefined,
  make: () => Promise<Made>,
): Promise<Made> {
  if (file === undefined) {
    const made = await make();
    ui.out.line(textOf(made));
    return made;
  }
  const path = resolve(io.cwd, file);
  const descriptor = createFile(path, file);
  try {
    const made = await make();
    writeSync(descriptor, `${textOf(made)}\n`);
    return made;
  } catch (thrown) {
    rmSync(path, { force: true });
    throw thrown;
  } finally {
    closeSync(descriptor);
  }
}

/** Commands send nothing twice, so that what they ask for is always made now. */
function textOf({ text }: { readonly text: string | null }): string {
  assert(text !== null, "a secret was not shown although it was made just now");
  return text;
}

function createFile(path: string, file: string): number {
  try {
    return openSync(path, "wx", 0o600);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw usageError(`The file ${file} cannot be made: ${reason}`);
  }
}
