import { chmodSync, mkdirSync } from "node:fs";
import { LatchkeyError } from "../kernel/error.ts";

/**
 * Makes the folder that state is kept in, readable by its owner alone.
 * @throws LatchkeyError LK-6105 when it cannot be made.
 */
export function ensureStateFolder(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    chmodSync(directory, 0o700);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LatchkeyError("LK-6105", `The folder ${directory} cannot be made private: ${reason}.`, {
      cause,
    });
  }
}
