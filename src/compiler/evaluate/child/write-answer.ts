import { renameSync, writeFileSync } from "node:fs";
import type { Evaluation, UnhandledError } from "../graph.ts";

/** Puts an answer where the compiler looks for it, whole or not at all. `temporary` is a path beside it. */
export function writeAnswer(
  temporary: string,
  path: string,
  answer: Evaluation | readonly UnhandledError[],
): void {
  writeFileSync(temporary, JSON.stringify(answer));
  renameSync(temporary, path);
}
