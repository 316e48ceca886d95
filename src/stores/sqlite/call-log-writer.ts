import { Database } from "bun:sqlite";
import { chmodSync } from "node:fs";
import type { CallValue, FromWriter, ToWriter } from "./call-batch.ts";
import { callColumns, migrateCallLog } from "./call-log-schema.ts";

/** What the writer's thread is told when it starts, and when a serving thread joins. */
export type WriterCommand =
  | { readonly type: "open"; readonly file: string; readonly keepMs: number; readonly busyTimeoutMs: number }
  | { readonly type: "join"; readonly port: MessagePort }
  | { readonly type: "close" };

/** What the writer's thread tells its owner. */
export type WriterReport =
  | { readonly type: "opened"; readonly problem: string | null }
  | { readonly type: "closed" };

/** Milliseconds between two sweeps of old rows, and rows that one sweep removes at a time. */
const PRUNE_INTERVAL_MS = 3_600_000;
const PRUNE_ROWS = 5_000;

declare const self: Worker;

let database: Database | undefined;
let insert: (rows: readonly (readonly CallValue[])[], lost: number) => void = () => {
  throw new Error("the call log is not open");
};

self.onmessage = (event: MessageEvent<WriterCommand>) => {
  const command = event.data;
  if (command.type === "open") report({ type: "opened", problem: open(command) });
  else if (command.type === "join") join(command.port);
  else {
    database?.close();
    report({ type: "closed" });
  }
};

function report(message: WriterReport): void {
  self.postMessage(message);
}

function open({ file, keepMs, busyTimeoutMs }: Extract<WriterCommand, { type: "open" }>): string | null {
  try {
    const opened = new Database(file, { create: true, strict: true });
    chmodSync(file, 0o600);
    opened.run(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    opened.run("PRAGMA journal_mode = WAL");
    opened.run("PRAGMA synchronous = NORMAL");
    migrateCallLog(opened);
    database = opened;
    insert = inserter(opened);
    const prune = (): void => pruneOld(opened, keepMs);
    prune();
    setInterval(prune, PRUNE_INTERVAL_MS).unref();
    return null;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

function inserter(opened: Database): typeof insert {
  const places = callColumns.map(() => "?").join(", ");
  const row = opened.prepare(`INSERT INTO calls (${callColumns.join(", ")}) VALUES (${places})`);
  const loss = opened.prepare("INSERT INTO call_loss (time, rows) VALUES (?, ?)");
  return opened.transaction((rows: readonly (readonly CallValue[])[], lost: number) => {
    for (const values of rows) row.run(...values);
    if (lost > 0) loss.run(Date.now(), lost);
  });
}

/** Losses that could not be noted with their batch; noted with the next one that can be stored. */
let unnotedLoss = 0;

function join(port: MessagePort): void {
  port.onmessage = (event: { readonly data: ToWriter }) => {
    const message = event.data;
    if (message.type === "close") return port.close();
    port.postMessage(store(message));
  };
}

function store({ rows, count, lost }: Extract<ToWriter, { type: "batch" }>): FromWriter {
  try {
    insert(JSON.parse(rows) as readonly (readonly CallValue[])[], lost + unnotedLoss);
    unnotedLoss = 0;
    return { type: "stored", count, lost: 0, problem: null };
  } catch (thrown) {
    unnotedLoss += lost + count;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return { type: "stored", count, lost: count, problem: `the call log cannot be written: ${reason}` };
  }
}

/** In small steps, so that no batch waits long behind it. */
function pruneOld(opened: Database, keepMs: number): void {
  try {
    const { changes } = opened.run(
      "DELETE FROM calls WHERE position IN (SELECT position FROM calls WHERE time < ? ORDER BY time LIMIT ?)",
      [Date.now() - keepMs, PRUNE_ROWS],
    );
    if (changes === PRUNE_ROWS) setTimeout(() => pruneOld(opened, keepMs), 50).unref();
  } catch {
    // Busy or full: the next sweep tries again.
  }
}
