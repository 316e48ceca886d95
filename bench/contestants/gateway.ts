import { join } from "node:path";
import { gatewayConfigText, UPSTREAM_KEY_VARIABLE } from "../support/gateway-config.ts";
import { freePort } from "../support/ports.ts";
import { waitUntilHealthy } from "../support/wait-until-healthy.ts";
import { bearer, CONTESTANT_CORE, type Contestant } from "./contestant.ts";

const COMMAND_LINE = join(import.meta.dir, "../../src/cli/main.ts");

/** Latchkey as a user starts it, with one thread: keys, grants, usage and call log on. */
export const gateway: Contestant = {
  name: "gateway",
  start: async ({ processes, folder, upstreamPort, upstreamKey, keys }) => {
    const port = freePort();
    const configFile = join(folder, "gateway.config.ts");
    await Bun.write(configFile, gatewayConfigText(upstreamPort, keys.all));
    const started = processes.start({
      name: "gateway",
      command: [process.execPath, COMMAND_LINE, "start", "--config", configFile, "--threads", "1"],
      core: CONTESTANT_CORE,
      folder,
      environment: { PORT: String(port), HOST: "127.0.0.1", [UPSTREAM_KEY_VARIABLE]: upstreamKey },
    });
    const origin = `http://127.0.0.1:${port}`;
    await waitUntilHealthy(origin, started);
    return { origin, pid: started.pid, headers: bearer(keys.used), checksKeys: true };
  },
};
