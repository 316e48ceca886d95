import { join } from "node:path";
import { gatewayConfigText, UPSTREAM_KEY_VARIABLE } from "../support/gateway-config.ts";
import { freePort } from "../support/ports.ts";
import type { StartedProcess } from "../support/process-group.ts";
import { waitUntilHealthy } from "../support/wait-until-healthy.ts";
import { bearer, CONTESTANT_CORE, type Contestant, type ContestantSetting } from "./contestant.ts";

const COMMAND_LINE = join(import.meta.dir, "../../src/cli/main.ts");

/** Latchkey as a user starts it, with one thread: keys, grants, usage and call log on. */
export const gateway: Contestant = {
  name: "gateway",
  start: async (setting) => {
    const { upstreamPort, keys } = setting;
    const { origin, started } = await startGateway(setting, gatewayConfigText(upstreamPort, keys.all));
    return { origin, pid: started.pid, headers: bearer(keys.used), checksKeys: true };
  },
};

/**
 * Starts Latchkey with a config.
 * @throws BenchError when it does not come up
 */
export async function startGateway(
  { processes, folder, upstreamKey }: Pick<ContestantSetting, "processes" | "folder" | "upstreamKey">,
  configText: string,
): Promise<{ origin: string; started: StartedProcess }> {
  const port = freePort();
  const configFile = join(folder, "gateway.config.ts");
  await Bun.write(configFile, configText);
  const started = processes.start({
    name: "gateway",
    command: [process.execPath, COMMAND_LINE, "start", "--config", configFile, "--threads", "1"],
    core: CONTESTANT_CORE,
    folder,
    environment: { PORT: String(port), HOST: "127.0.0.1", [UPSTREAM_KEY_VARIABLE]: upstreamKey },
  });
  const origin = `http://127.0.0.1:${port}`;
  await waitUntilHealthy(origin, started);
  return { origin, started };
}
