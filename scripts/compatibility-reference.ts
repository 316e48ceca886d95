import { embeddingClients } from "../test/matrix/clients/embeddings.ts";
import { clients } from "../test/matrix/clients/index.ts";
import { taskClients } from "../test/matrix/clients/tasks.ts";
import { changedField, droppedField, refusedField } from "../test/matrix/compatibility.ts";
import { features } from "../test/matrix/features.ts";
import { embeddingCases, furtherCases } from "../test/matrix/task-cases.ts";
import { vendors } from "../test/matrix/upstreams/index.ts";

/** The text of `docs/compatibility.md`. */
export function compatibilityReference(): string {
  return `# Compatibility

Made from \`test/matrix/\` by \`npm run docs\`; do not edit. Every cell is a test: an official client talks over HTTP to the
gateway, which talks over HTTP to a server that answers in a vendor's dialect and checks each request as the vendor
would.

- ✓ works
- a name: the request is refused with \`LK-2110\` and a message that names this member of it
- ✓ with a name: works, and \`x-latchkey-dropped\` names this member, which the vendor could not be told, or
  \`x-latchkey-changed\` does, since the vendor was told something close instead
- – the client cannot ask for it, or does not show it

${vendors.map(({ dialect }) => tableOf(dialect)).join("\n")}
## Embeddings

| client | ${embeddingShapes.join(" | ")} |
| --- |${embeddingShapes.map(() => " --- |").join("")}
${embeddingClients.map(({ name }) => `| ${[name, ...embeddingShapes.map(() => "✓")].join(" | ")} |`).join("\n")}

The columns are the kinds of embeddings that vendors have: those of OpenAI, of Google AI Studio and Vertex AI, of Amazon
Bedrock and so on. Anthropic has none.

## Rerank, images, speech, transcripts, moderations

| client | API | ${taskShapes.join(" | ")} |
| --- | --- |${taskShapes.map(() => " --- |").join("")}
${taskClients.map((client) => `| ${[client.name, client.api, ...taskShapes.map((shape) => taskCell(client, shape))].join(" | ")} |`).join("\n")}

The columns are the kinds of APIs that vendors have; \`–\` where they have none, or none that is tested. A member of the
answer stands where a client cannot read one that leaves out what the vendor does not tell.

Cohere's chat and embeddings are APIs that the gateway speaks to vendors and not to callers: \`cohere-ai\` gets a 404
(\`LK-2006\`) for them.

## What is tested

| feature | meaning |
| --- | --- |
${features.map(({ name, meaning }) => `| ${name} | ${meaning} |`).join("\n")}

The table of a dialect holds for every provider that speaks it, as far as the model itself can do what is asked:
[providers](providers.md) lists who speaks which.
`;
}

const taskShapes = [...new Set(furtherCases.map(({ shape }) => shape))];

function taskCell({ api, refused = {}, unread = {} }: (typeof taskClients)[number], shape: string): string {
  if (!furtherCases.some((task) => task.api === api && task.shape === shape)) return "–";
  const member = refused[shape] ?? unread[shape];
  return member === undefined ? "✓" : `\`${member}\``;
}

const embeddingShapes = [...new Set(embeddingCases.map(({ shape }) => shape))];

function tableOf(dialect: (typeof vendors)[number]["dialect"]): string {
  const rows = clients.map((client) => {
    // What a client can do does not depend on where it is pointed.
    const connection = client.connect({ origin: "http://127.0.0.1", key: "none", model: "none" });
    const cells = features.map((feature) => {
      if (feature.use(connection) === undefined) return "–";
      const field = refusedField(client, dialect, feature);
      if (field !== undefined) return `\`${field}\``;
      const dropped = droppedField(client, dialect, feature) ?? changedField(client, dialect, feature);
      return dropped === undefined ? "✓" : `✓ (\`${dropped}\`)`;
    });
    return `| ${[client.name, ...cells].join(" | ")} |`;
  });
  return `## To ${dialect}

| client | ${features.map(({ name }) => name).join(" | ")} |
| --- |${features.map(() => " --- |").join("")}
${rows.join("\n")}
`;
}
