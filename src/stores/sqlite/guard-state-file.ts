import { LatchkeyError } from "../../kernel/error.ts";

/**
 * Runs work on a state file, so that what goes wrong is told with the file's name.
 * @param subject What the file is and where, such as "The call log /x/calls.sqlite".
 * @throws LatchkeyError LK-6105 when the work throws; what already is one stays as it is.
 */
export function guardStateFile<T>(subject: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof LatchkeyError) throw cause;
    throw new LatchkeyError("LK-6105", `${subject} cannot be used: ${reasonOf(cause)}.`, { cause });
  }
}

/** The words of anything thrown. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
