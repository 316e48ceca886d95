import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterTest } from "./after-test.ts";

/** Makes an empty folder that is removed after the test, or after the file's tests when no test is running. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-test-"));
  afterTest(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
