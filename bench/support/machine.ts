import { availableParallelism, cpus, loadavg, release, totalmem } from "node:os";
import { findTool, nginxTool, wrkTool } from "./tools.ts";

/** Where and with which versions figures were taken. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly kernel: string;
  /** Load of the last minute before the run; more than about 0.3 means that others were using the machine. */
  readonly loadBefore: number;
  readonly bun: string;
  readonly nginx: string;
  readonly wrk: string;
  /** Short hash, with `+` when the tree had changes. */
  readonly commit: string;
}

/** Describes this machine. */
export async function describeMachine(root: string): Promise<Machine> {
  return {
    processor: cpus()[0]?.model ?? "unknown processor",
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    system: await systemName(),
    kernel: release(),
    loadBefore: loadavg()[0] ?? 0,
    bun: Bun.version,
    nginx: versionIn(await outputOf([findTool(nginxTool), "-v"], root)),
    wrk: versionIn(await outputOf([findTool(wrkTool), "-v"], root)),
    commit: await commitOf(root),
  };
}

/** Machine and versions in one line. */
export function machineLine(machine: Machine): string {
  const memory = `${Math.round(machine.memoryBytes / 2 ** 30)} GiB`;
  const hardware = `${machine.processor}, ${machine.cores} cores, ${memory}`;
  const versions = `Bun ${machine.bun}, nginx ${machine.nginx}, wrk ${machine.wrk}, commit ${machine.commit}`;
  return `${hardware}; ${machine.system}, kernel ${machine.kernel}; ${versions}; load before ${machine.loadBefore.toFixed(2)}`;
}

/** First dotted number in the output of a version option. */
export function versionIn(output: string): string {
  return /\d+(?:\.\d+)+/.exec(output)?.[0] ?? "absent";
}

async function systemName(): Promise<string> {
  const file = Bun.file("/etc/os-release");
  const text = (await file.exists()) ? await file.text() : "";
  return /^PRETTY_NAME="(.*)"$/m.exec(text)?.[1] ?? process.platform;
}

async function commitOf(root: string): Promise<string> {
  const hash = (await outputOf(["git", "rev-parse", "--short", "HEAD"], root)).trim();
  const changes = (await outputOf(["git", "status", "--porcelain", "--untracked-files=no"], root)).trim();
  return hash === "" ? "unknown" : hash + (changes === "" ? "" : "+");
}

/** Both outputs of a command, as some programs print their version to the second; empty when it cannot run. */
async function outputOf([program, ...rest]: readonly (string | undefined)[], cwd: string): Promise<string> {
  if (program === undefined || Bun.which(program) === null) return "";
  const command = [program, ...rest.filter((argument) => argument !== undefined)];
  const child = Bun.spawn(command, { cwd, stdout: "pipe", stderr: "pipe" });
  const [output, problems] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  return output + problems;
}
