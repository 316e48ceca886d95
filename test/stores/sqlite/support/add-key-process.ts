import type { IssuedKey } from "../../../../src/stores/ports.ts";
import { openRecords } from "../../../../src/stores/sqlite/records.ts";

/** Adds the keys that are given as JSON to a record store. */
const [file = "", keys = "[]"] = process.argv.slice(2);
const records = openRecords(file);
for (const key of JSON.parse(keys) as readonly IssuedKey[]) records.issuedKeys.add(key);
records.close();
