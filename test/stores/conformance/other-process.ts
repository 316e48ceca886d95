import type { RecordStore } from "../../../src/stores/record-store.ts";
import { auditEntry, newKey } from "./samples.ts";

/**
 * What another process does with the store: `count N` adds to the number in the name of the key `shared`, N
 * times; `hold ID` makes a key and leaves its transaction open until it is killed; `make NAMES` makes keys with these names, split at commas; `pairs PREFIX` makes pairs of keys with an audit entry until it is killed, and prints the number made.
 */
const [module = "", name = "", argument = "", job = "", given = ""] = process.argv.slice(2);
const exports: Record<string, (argument: string) => RecordStore | Promise<RecordStore>> = await import(
  module
);
const store = await exports[name]?.(argument);
if (store === undefined) throw new Error(`no ${name} in ${module}`);
if (job === "count") {
  for (let index = 0; index < Number(given); index += 1) await countUp(store);
  await store.close();
} else if (job === "make") {
  for (const id of given.split(",")) await store.transact(({ insert }) => insert(newKey(id)));
  await store.close();
} else if (job === "hold") {
  await store.transact(async ({ insert, audit }) => {
    await insert(newKey(given));
    await audit(auditEntry(given));
    process.stdout.write("held\n");
    await new Promise((resolve) => setTimeout(resolve, 600_000));
  });
} else {
  for (let index = 0; ; index += 1) {
    await makePair(store, `${given}${index}`);
    process.stdout.write(`${index}\n`);
  }
}

async function countUp({ transact }: RecordStore): Promise<void> {
  await transact(async ({ get, update, audit }) => {
    const record = await get("key", "shared");
    if (record === undefined) throw new Error("the shared record is gone");
    const count = Number(record.body.name) + 1;
    await update("key", "shared", record.version, { ...record.body, name: String(count) });
    await audit(auditEntry("shared", { after: { count } }));
  });
}

async function makePair({ transact }: RecordStore, id: string): Promise<void> {
  await transact(async ({ insert, audit }) => {
    await insert(newKey(`${id}-left`));
    await audit(auditEntry(id));
    await Bun.sleep(0);
    await insert(newKey(`${id}-right`));
  });
}
