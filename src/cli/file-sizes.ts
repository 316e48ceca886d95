import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** A file of an artifact. */
export interface FileSize {
  readonly name: string;
  readonly bytes: number;
}

/** The files of a folder with their sizes, by name. */
export function sizesOf(folder: string): readonly FileSize[] {
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, bytes: statSync(join(folder, name)).size }));
}
