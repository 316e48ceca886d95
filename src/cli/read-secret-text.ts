import { isCancel, password } from "@clack/prompts";
import type { Io } from "./io.ts";

/** Characters read at most: enough for every secret, too few to fill the memory. */
const MOST_CHARACTERS = 65_536;

/** What is said to whoever gives a key as an argument. */
export const keyAsArgument =
  "A key is not taken as an argument: it would stay in the shell's history and show in the list of processes. Pipe it in, or give the command without it and type it. If it was a real key, replace it";

/**
 * A secret from standard input, or typed at a terminal without being shown; white space around it is not part of
 * it. `undefined` when the prompt was left.
 */
export async function readSecretText(io: Io, label: string): Promise<string | undefined> {
  if (io.stdin.isTTY === true) {
    // The prompt goes to stderr: stdout is for the answer.
    const typed = await password({ message: label, input: io.stdin, output: io.stderr });
    return isCancel(typed) ? undefined : typed.trim();
  }
  let text = "";
  for await (const piece of io.stdin) {
    text += String(piece);
    if (text.length > MOST_CHARACTERS) break;
  }
  return text.trim();
}
