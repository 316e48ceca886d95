import { resolve } from "node:path";
import { type CommandContext, defineCommand } from "../command.ts";
import { tell } from "../serve/event.ts";
import { readServeSettings, type ServeSettings, serveFlags, serveNotes } from "../serve/serve-flags.ts";
import { type Session, startSession } from "../serve/session.ts";
import { untilStopped } from "../serve/until-stopped.ts";
import { watchInputs } from "../serve/watch-inputs.ts";

/** Milliseconds without a further change before the config is compiled again. */
const QUIET_MS = 100;

/** `latchkey dev`: serves the config and takes over each change as it is saved. */
export const dev = defineCommand({
  usage: "",
  words: { least: 0, most: 0 },
  flags: serveFlags,
  notes: [
    ...serveNotes,
    "The config and what it imports are watched; on an error the last good artifact stays in force.",
    "Changes of .env need a restart. What breaks callers of a published version is a warning.",
  ],
  async run({ flags }, context) {
    const settings = readServeSettings(flags, context.io.env);
    const saves = new Saves();
    const watch = watchInputs({ onChange: () => saves.tell(), quietMs: QUIET_MS });
    const onInputs = (inputs: readonly string[], good: boolean): void => {
      const files = [context.configFile, ...inputs.map((input) => resolve(context.root, input))];
      watch.update(files, !good);
    };
    try {
      const session = await firstSession(context, settings, saves, onInputs);
      saves.onSave = () => void session.reload();
      return await untilStopped(context, session, settings.drainMs);
    } finally {
      watch.close();
    }
  },
});

/** Compiles until the config is good enough to be served. */
async function firstSession(
  context: CommandContext,
  settings: ServeSettings,
  saves: Saves,
  onInputs: (inputs: readonly string[], good: boolean) => void,
): Promise<Session> {
  for (;;) {
    const saved = new AbortController();
    const next = saves.next().then(() => saved.abort());
    try {
      const allow = { breaking: false, retire: false };
      const source = { from: "config", onInputs, allow, warnOnly: true } as const;
      const session = await startSession(context, settings, source, saved.signal);
      if (session !== undefined) return session;
      tell(context.ui, "waiting", "Waiting for the config to be corrected.");
    } catch (thrown) {
      if (!saved.signal.aborted || thrown !== saved.signal.reason) throw thrown;
    }
    await next;
  }
}

/** Hands each save to whoever waits for it. */
class Saves {
  onSave: (() => void) | undefined;
  #waiting: (() => void) | undefined;

  tell(): void {
    this.#waiting?.();
    this.#waiting = undefined;
    this.onSave?.();
  }

  /** Resolves at the next save. */
  next(): Promise<void> {
    const { promise, resolve: wake } = Promise.withResolvers<void>();
    this.#waiting = wake;
    return promise;
  }
}
