import { bearer, type Contestant } from "./contestant.ts";

/** No proxy: the load calls the upstream. The ceiling of the load side, and the zero of added latency. */
export const direct: Contestant = {
  name: "direct",
  start: async (setting) => ({
    origin: `http://127.0.0.1:${setting.upstreamPort}`,
    pid: setting.upstreamPid,
    headers: bearer(setting.upstreamKey),
    checksKeys: true,
  }),
};
