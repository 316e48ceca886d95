import { readFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";

/** What this package says of itself. */
export interface OwnPackage {
  /** Where it is; links are resolved. */
  readonly folder: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Reads this package's description. */
export function readOwnPackage(): OwnPackage {
  const folder = resolve(import.meta.dir, "../..");
  const text = readFileSync(join(folder, "package.json"), "utf8");
  return { ...(JSON.parse(text) as Omit<OwnPackage, "folder">), folder };
}

/** Whether a package is a checkout, which no registry knows, rather than installed into `node_modules`. */
export function isCheckout({ folder }: OwnPackage): boolean {
  return !folder.split(sep).includes("node_modules");
}

/**
 * How the project in a folder depends on a package: by its version, or by where it lies when it is a checkout.
 * https://docs.npmjs.com/cli/configuring-npm/package-json#local-paths
 */
export function dependencyOn(own: OwnPackage, projectFolder: string): string {
  if (!isCheckout(own)) return own.version;
  const near = relative(projectFolder, own.folder);
  // On another drive of Windows it stays absolute.
  return `file:${isAbsolute(near) ? near : near.split(sep).join("/")}`;
}
