import { formatDuration } from "../../kernel/duration.ts";
import type { CommandContext } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { plural } from "../text.ts";
import { tell } from "./event.ts";
import type { StopReport } from "./supervisor.ts";

/** What runs until a signal ends it. */
export interface Stoppable {
  /** Tells that it runs; called as soon as signals are listened to, since whoever reads it may send one. */
  readonly announce: () => void;
  /** Lets calls end. */
  readonly stop: (withinMs: number) => Promise<StopReport>;
  /** What SIGHUP does. */
  readonly reload: () => Promise<void>;
}

/**
 * Waits for SIGTERM or SIGINT, then stops what runs within the given time. A second signal ends the wait at once.
 * Until then each SIGHUP reloads.
 */
export async function untilStopped(
  { io, ui }: CommandContext,
  running: Stoppable,
  drainMs: number,
): Promise<ExitCode> {
  const { promise, resolve, reject } = Promise.withResolvers<ExitCode>();
  let stopping = false;
  const onStop = (): void => {
    if (stopping) {
      tell(ui, "stopped", "Stopped at once.", { abandoned: null });
      resolve(exitCodes.failure);
      return;
    }
    stopping = true;
    const within = formatDuration(drainMs);
    tell(ui, "stopping", `Stopping: calls under way have ${within}; a second signal stops at once.`, {
      within,
    });
    running.stop(drainMs).then(({ abandoned, lostRows, silentThreads }) => {
      const cut = abandoned === 0 ? "" : `; ${plural(abandoned, "call")} cut off`;
      const silent =
        silentThreads === 0
          ? ""
          : `; ${plural(silentThreads, "thread")} did not answer: how many calls were cut off there is not known`;
      const lost = lostRows === 0 ? "" : `; ${plural(lostRows, "row")} of the call log lost since the start`;
      tell(ui, "stopped", `Stopped${cut}${silent}${lost}.`, { abandoned, lostRows, silentThreads });
      resolve(exitCodes.ok);
    }, reject);
  };
  const onReload = (): void => {
    if (!stopping) running.reload().catch(reject);
  };
  const off = [
    io.onSignal("SIGTERM", onStop),
    io.onSignal("SIGINT", onStop),
    io.onSignal("SIGHUP", onReload),
  ];
  try {
    running.announce();
    return await promise;
  } finally {
    for (const end of off) end();
  }
}
