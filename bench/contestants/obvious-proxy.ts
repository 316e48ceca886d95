import { join } from "node:path";
import { freePort } from "../support/ports.ts";
import { waitUntilHealthy } from "../support/wait-until-healthy.ts";
import { bearer, CONTESTANT_CORE, type Contestant } from "./contestant.ts";

const PEER = join(import.meta.dir, "../peers/obvious-proxy.ts");

/** The gateway that one writes in an afternoon: what care has to be measured against. */
export const obviousProxy: Contestant = {
  name: "obvious proxy",
  start: async ({ processes, folder, upstreamPort, upstreamKey, keys }) => {
    const port = freePort();
    const keyFile = join(folder, "keys.json");
    await Bun.write(keyFile, JSON.stringify(keys.all));
    const started = processes.start({
      name: "obvious-proxy",
      command: [process.execPath, PEER],
      core: CONTESTANT_CORE,
      folder,
      environment: {
        PORT: String(port),
        UPSTREAM: `http://127.0.0.1:${upstreamPort}`,
        UPSTREAM_KEY: upstreamKey,
        KEY_FILE: keyFile,
        DATABASE: join(folder, "calls.sqlite"),
        NODE_ENV: "production",
        // Bun's fetch queues silently beyond 256 concurrent requests.
        BUN_CONFIG_MAX_HTTP_REQUESTS: "8192",
      },
    });
    const origin = `http://127.0.0.1:${port}`;
    await waitUntilHealthy(origin, started);
    return { origin, pid: started.pid, headers: bearer(keys.used), checksKeys: true };
  },
};
