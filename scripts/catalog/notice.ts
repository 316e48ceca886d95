import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import packageJson from "../../package.json" with { type: "json" };
import { catalogOverrides } from "../../src/catalog/overrides/index.ts";
import type { ProviderData } from "./data-files.ts";

const PACKAGES = [
  {
    name: "@pydantic/genai-prices",
    licence: "../LICENSE",
    day: "2026-09-23",
    gives: "prices and their dates, some ids and context windows, what is deprecated",
  },
  {
    name: "@oh-my-pi/pi-catalog",
    licence: "../LICENSE",
    day: "2026-09-23",
    gives:
      "ids, context windows, output limits, modalities, tools, reasoning, prices where the other has none",
  },
] as const;

/** Day of the newest fact: models that are retired by then are not suggested. */
export const sourceDay = [...PACKAGES.map(({ day }) => day), ...catalogOverrides.map(({ asOf }) => asOf)]
  .toSorted()
  .at(-1) as string;

/** The text of `src/catalog/data/NOTICE.md`: where the data come from, and on which terms. */
export function noticeText(all: readonly ProviderData[]): string {
  const rows = all.map(({ type, rows: models }) => {
    const priced = [...models.values()].filter(({ prices }) => prices !== undefined).length;
    return `| \`${type}\` | ${models.size} | ${priced} |`;
  });
  const total = all.reduce((sum, { rows: models }) => sum + models.size, 0);
  const versions: Readonly<Record<string, string>> = packageJson.devDependencies;
  const packages = PACKAGES.map(
    ({ name, licence, day, gives }) =>
      `## ${name} ${versions[name]}\n\nPublished ${day}. Taken from it: ${gives}.\n\n${quote(licenceText(name, licence))}`,
  );
  return `# Where the catalog's data come from

Made by \`npm run catalog\` from the two packages below and from \`src/catalog/overrides\`; do not edit. Both are under the
MIT License. \`docs/catalog.md\` says how to correct a model or a price.

| provider type | models | with a price |
| --- | --- | --- |
${rows.join("\n")}

${total} models.

${packages.join("\n")}`;
}

function licenceText(name: string, path: string): string {
  const entry = name === "@oh-my-pi/pi-catalog" ? `${name}/models.json` : name;
  return readFileSync(fileURLToPath(new URL(path, import.meta.resolve(entry))), "utf8").trim();
}

function quote(text: string): string {
  return `${text
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n")}\n`;
}
