import { expect, setDefaultTimeout, test } from "bun:test";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { afterTest } from "../support/after-test.ts";
import { startCli } from "./support/cli-process.ts";
import { configText, project } from "./support/project.ts";

// Processes share the machine with whatever else runs.
setDefaultTimeout(60_000);

/** Waits for a config that tells where it is run, and then for the end of its process. */
function listen() {
  const begun = Promise.withResolvers<string>();
  const ended = Promise.withResolvers<void>();
  const server = Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      data: (_socket, bytes) => begun.resolve(new TextDecoder().decode(bytes)),
      close: () => ended.resolve(),
    },
  });
  afterTest(() => server.stop(true));
  return { port: server.port, begun: begun.promise, ended: ended.promise };
}

/** A config that tells the port which bundle it is, and then never comes to an end. */
function endlessConfig(port: number): string {
  return `import { connect } from "node:net";
const socket = connect(${port}, "127.0.0.1");
await new Promise((connected) => socket.write(process.argv[2] ?? "", connected));
while (true) {}
${configText()}`;
}

test.each(["SIGTERM", "SIGKILL"] as const)(
  "a config in an endless loop ends with the command that %s ends",
  async (signal) => {
    const { port, begun, ended } = listen();
    const cli = startCli(["check"], project(endlessConfig(port)));
    const folder = dirname(await begun);
    expect(existsSync(folder)).toBe(true);
    cli.signal(signal);
    await cli.exited;
    await ended;
    expect(existsSync(folder)).toBe(false);
  },
);
