import { readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { collectCatalog, dataText } from "./catalog/data-files.ts";
import { idIndexText, idsText } from "./catalog/id-files.ts";
import { noticeText, sourceDay } from "./catalog/notice.ts";

const root = resolve(import.meta.dir, "..");

/** Folders that hold nothing but what is made here. */
export const generatedFolders = ["src/catalog/data", "src/catalog/model-ids"] as const;

/** Every file of the catalog that is made, by its path in the repository. */
export function catalogFiles(): ReadonlyMap<string, string> {
  const all = collectCatalog();
  return new Map([
    ...all.map((data): [string, string] => [`src/catalog/data/${data.type}.json`, dataText(data)]),
    ...all.map((data): [string, string] => [
      `src/catalog/model-ids/${data.type}.ts`,
      idsText(data, sourceDay),
    ]),
    ["src/catalog/model-ids.ts", idIndexText(all)],
    ["src/catalog/data/NOTICE.md", noticeText(all)],
  ]);
}

async function write(): Promise<void> {
  const files = catalogFiles();
  for (const folder of generatedFolders) {
    for (const name of readdirSync(join(root, folder))) {
      if (!files.has(`${folder}/${name}`)) rmSync(join(root, folder, name));
    }
  }
  for (const [path, text] of files) await Bun.write(join(root, path), text);
}

if (import.meta.main) await write();
