import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const root = resolve(import.meta.dir, "../..");

/** A gateway started as a user starts it. */
export interface RunningGateway {
  readonly url: string;
  /** Plain text of each application's starter key, by `<tenant>.<app>`. */
  readonly keys: Readonly<Record<string, string>>;
  readonly stateFolder: string;
  /** What it has said so far. */
  readonly output: () => string;
  readonly stop: () => Promise<number>;
}

/** Starts `latchkey start` on a config and a free port, and waits until it is ready. */
export async function runGateway(
  configFile: string,
  environment: Record<string, string> = {},
): Promise<RunningGateway> {
  const child = Bun.spawn(
    [process.execPath, join(root, "src/cli/main.ts"), "start", "--config", configFile, "--threads", "1"],
    {
      cwd: root,
      env: { ...process.env, ...environment, PORT: "0", HOST: "127.0.0.1" },
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
    },
  );
  let output = "";
  const { promise: ready, resolve: found, reject } = Promise.withResolvers<string>();
  const read = async (stream: ReadableStream<Uint8Array>): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const piece of stream) {
      output += decoder.decode(piece, { stream: true });
      const url = /on (http:\/\/[\w.:[\]]+) with/.exec(output)?.[1];
      if (url !== undefined) found(url);
    }
  };
  void read(child.stdout);
  void read(child.stderr);
  void child.exited.then((code) => reject(new Error(`the gateway ended with ${code}:\n${output}`)));
  const url = await ready;
  const stateFolder = join(dirname(resolve(configFile)), ".latchkey");
  const keyFolder = join(stateFolder, "keys");
  const keys = Object.fromEntries(
    readdirSync(keyFolder).map((file) => [
      file.replace(/\.key$/, ""),
      readFileSync(join(keyFolder, file), "utf8").trim(),
    ]),
  );
  return {
    url,
    keys,
    stateFolder,
    output: () => output,
    async stop() {
      child.kill("SIGTERM");
      return await child.exited;
    },
  };
}

/** Copies a folder of the repository beside it, so that what a run leaves behind can be removed. */
export function copyOf(folder: string): { readonly folder: string; readonly remove: () => void } {
  const copy = mkdtempSync(join(root, "examples", ".run-"));
  for (const name of readdirSync(join(root, folder))) {
    if (!name.startsWith(".")) Bun.spawnSync(["cp", "-r", join(root, folder, name), copy]);
  }
  return { folder: copy, remove: () => rmSync(copy, { recursive: true, force: true }) };
}
