import type { CallLogReader, CallLoss, CallQuery, StoredCall } from "../stores/ports.ts";

/** What is followed, and who is told. */
export interface FollowOptions {
  readonly query: CallQuery;
  /** Opens the log; before the first call there is no file, so it is opened again for each look. */
  readonly open: () => CallLogReader;
  readonly onCalls: (rows: readonly StoredCall[]) => void;
  readonly onLosses: (losses: readonly CallLoss[]) => void;
  /** Ends the following. */
  readonly ended: Promise<void>;
}

/** Milliseconds between two looks. */
const LOOK_MS = 250;
/** Rows taken at most at one look after the first: far more than can be written in between. */
const LOOK_ROWS = 100_000;

/** From when on losses belong to what is shown: from the first row, or from the beginning where no row before it was left out. */
export function firstShownMs({ sinceMs, limit }: CallQuery, rows: readonly StoredCall[]): number {
  return sinceMs ?? (rows.length < limit ? 0 : (rows[0]?.time ?? 0));
}

/** Hands over the rows of a query, then each new one, until it is told to end. */
export async function followCalls({ query, open, onCalls, onLosses, ended }: FollowOptions): Promise<void> {
  let position: number | undefined;
  let lossTime = query.sinceMs;
  const look = (): void => {
    const reader = open();
    try {
      const rows = reader.read(
        position === undefined ? query : { ...query, afterPosition: position, limit: LOOK_ROWS },
      );
      // Losses have no position: those of the same millisecond as the last one shown were shown with it.
      lossTime ??= firstShownMs(query, rows);
      const losses = reader.losses(lossTime);
      onCalls(rows);
      onLosses(losses);
      position = rows.at(-1)?.position ?? position ?? 0;
      const lastLoss = losses.at(-1)?.time;
      if (lastLoss !== undefined) lossTime = lastLoss + 1;
    } finally {
      reader.close();
    }
  };
  const state = { running: true };
  const stop = ended.then(() => {
    state.running = false;
  });
  while (state.running) {
    look();
    await Promise.race([stop, Bun.sleep(LOOK_MS)]);
  }
}
