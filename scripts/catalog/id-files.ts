import type { ProviderData } from "./data-files.ts";

const WIDTH = 110;

/** Name of the union of a provider's ids: `azure-openai` has `AzureOpenaiModelId`. */
function typeName(type: string): string {
  const words = type.split("-").map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return `${type === "openai" ? "OpenAi" : words.join("")}ModelId`;
}

/** Ids worth suggesting on a day: those of models that are still served then. */
function suggestedIds({ rows }: ProviderData, day: string): readonly string[] {
  return [...rows].flatMap(([id, { retiredOn = "9", isRetired }]) =>
    retiredOn > day && isRetired !== true ? [id] : [],
  );
}

/** A type of a provider's ids, several to the line. */
export function idsText(data: ProviderData, day: string): string {
  const lines: string[] = [];
  let line = "";
  for (const id of suggestedIds(data, day)) {
    const part = ` | ${JSON.stringify(id)}`;
    if (line.length + part.length > WIDTH) {
      lines.push(line);
      line = "";
    }
    line += part;
  }
  if (line !== "") lines.push(line);
  return `// Made by \`npm run catalog\`; do not edit.

/** Ids of models of \`${data.type}\` that are known here. Any other text is a model id, too. */
export type ${typeName(data.type)} =
${lines.join("\n")};
`;
}

/** The file that puts the types together. */
export function idIndexText(all: readonly ProviderData[]): string {
  const imports = all.map(({ type }) => `import type { ${typeName(type)} } from "./model-ids/${type}.ts";`);
  const members = all.map(
    ({ type }) => `  readonly ${/\W/.test(type) ? JSON.stringify(type) : type}: ${typeName(type)};`,
  );
  return `// Made by \`npm run catalog\`; do not edit.
${imports.join("\n")}

/** Known model ids by provider type, for suggestions in editors. */
export interface ModelIds {
${members.join("\n")}
}
`;
}
