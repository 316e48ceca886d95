import { join } from "node:path";
import { nginxConfigText } from "../support/nginx-config.ts";
import { freePort } from "../support/ports.ts";
import { nginxTool, toolPath } from "../support/tools.ts";
import { waitUntilHealthy } from "../support/wait-until-healthy.ts";
import { bearer, CONTESTANT_CORE, type Contestant } from "./contestant.ts";

/** nginx as a reverse proxy with one worker: the yardstick. */
export const nginx: Contestant = {
  name: "nginx",
  start: async ({ processes, folder, upstreamPort, upstreamKey, keys, streams }) => {
    const port = freePort();
    const configFile = join(folder, "nginx.conf");
    const keepAlive = streams ? 4_096 : 64;
    const buffering = !streams;
    await Bun.write(
      configFile,
      nginxConfigText({ folder, port, upstreamPort, keys: keys.all, upstreamKey, buffering, keepAlive }),
    );
    const errorLog = join(folder, "nginx-error.log");
    const command = [toolPath(nginxTool), "-p", folder, "-c", configFile, "-e", errorLog];
    const started = processes.start({ name: "nginx", command, core: CONTESTANT_CORE, folder });
    const origin = `http://127.0.0.1:${port}`;
    await waitUntilHealthy(origin, started);
    return { origin, pid: started.pid, headers: bearer(keys.used), checksKeys: true };
  },
};
