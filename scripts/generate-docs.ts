import { diagnosticTable } from "../src/compiler/diagnostic-codes.ts";
import { errorTable } from "../src/kernel/codes.ts";
import { adminReference } from "./admin-reference.ts";
import { compatibilityReference } from "./compatibility-reference.ts";
import { featureReference } from "./feature-reference.ts";
import { providerReference } from "./provider-reference.ts";

/** Groups of `docs/errors.md`, by the beginning of their codes. */
const GROUPS = [
  ["LK-2", "Calls: the request", "What the caller sent. The status is the HTTP status of the answer."],
  ["LK-3", "Calls: the provider", "What the model provider did."],
  ["LK-5", "Calls: the gateway", "What the gateway itself did."],
  [
    "LK-6",
    "Artifacts, files and the command line",
    "Met by the operator; the command ends with an exit code.",
  ],
] as const;

/** The text of `docs/errors.md`. */
export function errorReference(): string {
  const calls = GROUPS.map(([start, title, words]) => {
    const rows = Object.entries(errorTable)
      .filter(([code]) => code.startsWith(start))
      .map(
        ([code, row]) =>
          `| \`${code}\` | ${row.status} | ${row.retryable ? "yes" : "no"} | ${cell(row.title)} | ${cell(row.help)} |`,
      );
    return `## ${title}\n\n${words}\n\n| code | status | retry | meaning | what to do |\n| --- | --- | --- | --- | --- |\n${rows.join("\n")}\n`;
  });
  const diagnostics = Object.entries(diagnosticTable).map(
    ([code, row]) => `| \`${code}\` | ${row.severity} | ${cell(row.title)} | ${cell(row.help)} |`,
  );
  return `# Errors

Made from the tables of codes by \`npm run docs\`; do not edit. \`latchkey explain CODE\` says the same.
A code keeps its meaning from one version to the next. Codes with a dash are errors of calls, artifacts and commands;
codes without one are diagnostics of the compiler.

The code of a call's error stands in the header \`x-latchkey-error\`, and in the body unless that is the provider's own: what
a provider of the caller's dialect says against a request (\`LK-3015\`) keeps its words and its code.

${calls.join("\n")}
## Diagnostics of the compiler

Errors keep the compiler from making an artifact, warnings do not.

| code | kind | meaning | what to do |
| --- | --- | --- | --- |
${diagnostics.join("\n")}
`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

if (import.meta.main) {
  const docs = new URL("../docs/", import.meta.url).pathname;
  await Bun.write(`${docs}errors.md`, errorReference());
  await Bun.write(`${docs}admin-operations.md`, adminReference());
  await Bun.write(`${docs}providers.md`, providerReference());
  await Bun.write(`${docs}compatibility.md`, compatibilityReference());
  await Bun.write(`${docs}features.md`, await featureReference());
}
