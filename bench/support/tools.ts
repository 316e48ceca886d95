import { BenchError } from "./bench-error.ts";

/** A program that a bench needs and Bun does not bring, with the Debian package that holds it. */
export interface Tool {
  readonly name: string;
  readonly debianPackage: string;
}

export const nginxTool: Tool = { name: "nginx", debianPackage: "nginx-light" };
export const wrkTool: Tool = { name: "wrk", debianPackage: "wrk" };
export const tasksetTool: Tool = { name: "taskset", debianPackage: "util-linux" };

/** Path of a program; looks where Debian keeps system programs, too, which is not on every user's path. */
export function findTool(tool: Tool): string | undefined {
  return Bun.which(tool.name, { PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin` }) ?? undefined;
}

/** Path of a program that `ensureTools` has seen. */
export function toolPath(tool: Tool): string {
  const path = findTool(tool);
  if (path === undefined) throw new BenchError(missingToolsMessage([tool]));
  return path;
}

/** What to tell a user whose machine lacks programs. */
export function missingToolsMessage(tools: readonly Tool[]): string {
  const names = tools.map((tool) => tool.name).join(", ");
  return `missing: ${names}. Install with \`${installCommand(tools).join(" ")}\`, or run the bench again with --install.`;
}

/**
 * Sees to it that programs are there, installing them with apt when allowed to.
 * @throws BenchError naming what is missing and how to install it
 */
export async function ensureTools(tools: readonly Tool[], install: boolean): Promise<void> {
  const missing = tools.filter((tool) => findTool(tool) === undefined);
  if (missing.length === 0) return;
  if (!install) throw new BenchError(missingToolsMessage(missing));
  const child = Bun.spawn(installCommand(missing), { stdio: ["inherit", "inherit", "inherit"] });
  if ((await child.exited) !== 0)
    throw new BenchError(`apt could not install: ${missingToolsMessage(missing)}`);
}

function installCommand(tools: readonly Tool[]): string[] {
  const packages = tools.map((tool) => tool.debianPackage);
  const asRoot = process.getuid?.() === 0 ? [] : ["sudo"];
  return [...asRoot, "apt-get", "install", "--yes", "--no-install-recommends", ...packages];
}
