/** One layer of the house. */
export interface Layer {
  readonly folder: string;
  readonly mayImport: readonly string[];
  readonly mayImportTypesOf: readonly string[];
  /** Packages it may use at run time, perhaps only in some files. */
  readonly packages: readonly { readonly name: string; readonly in?: string }[];
  /** Why, printed when the rule is broken. */
  readonly reason: string;
}

const layer = (folder: string, rule: Partial<Omit<Layer, "folder">> & Pick<Layer, "reason">): Layer => ({
  folder,
  mayImport: [],
  mayImportTypesOf: [],
  packages: [],
  ...rule,
});

const node = { name: "node:" };
const bun = { name: "bun" };

/** Who may import whom. The build side and the request side meet only in `src/artifact`. */
export const layers: readonly Layer[] = [
  layer("src/kernel", {
    packages: [{ name: "node:buffer", in: "src/kernel/bytes.ts" }],
    reason: "the kernel knows nothing of what stands on it",
  }),
  layer("src/canonical", {
    mayImport: ["src/kernel"],
    reason: "canonical forms are shared by all and depend on none",
  }),
  layer("src/limits", {
    mayImport: ["src/kernel"],
    reason: "counting knows of numbers only; whose they are is told by those who count",
  }),
  layer("src/catalog", {
    mayImport: ["src/kernel"],
    packages: [{ name: "node:", in: "src/catalog/load-models.ts" }],
    reason: "the catalog is data, of which only the file that loads it knows where it lies",
  }),
  layer("src/artifact", {
    mayImport: ["src/kernel"],
    mayImportTypesOf: ["src/canonical", "src/catalog"],
    packages: [{ name: "zod", in: "src/artifact/schema/" }, node],
    reason: "the artifact is the only thing that compiler and runtime share, so it depends on neither",
  }),
  layer("sdk/config", {
    mayImport: ["src/kernel", "src/catalog"],
    mayImportTypesOf: ["src/canonical"],
    reason: "configs are bundled with this folder: what it imports, every config imports",
  }),
  layer("src/http", {
    mayImport: ["src/kernel"],
    reason: "HTTP/1.1 as it is written, for both of its ends",
  }),
  layer("src/upstream", {
    mayImport: ["src/kernel", "src/http"],
    packages: [node],
    reason: "the pool knows HTTP, not models",
  }),
  layer("src/front", {
    mayImport: ["src/kernel", "src/http"],
    packages: [node, bun],
    reason: "the front reads requests and writes replies; what they mean is not its business",
  }),
  layer("src/dialects", {
    mayImport: ["src/kernel", "src/canonical"],
    reason: "a dialect translates; it does not route or call",
  }),
  layer("src/stores", {
    mayImport: ["src/kernel"],
    mayImportTypesOf: ["src/artifact", "src/canonical"],
    packages: [{ name: "bun:sqlite", in: "src/stores/sqlite/" }, node, bun],
    reason: "stores keep rows; they decide nothing",
  }),
  layer("src/notify", {
    mayImport: ["src/kernel", "src/upstream"],
    mayImportTypesOf: ["src/stores"],
    packages: [{ name: "nodemailer", in: "src/notify/email/send-email.ts" }, node, bun],
    reason: "notifications are told what happened; they decide nothing about it",
  }),
  layer("src/telemetry", {
    mayImport: ["src/kernel"],
    mayImportTypesOf: ["src/canonical"],
    packages: [{ name: "pino", in: "src/telemetry/logger.ts" }, node],
    reason: "telemetry reports; nothing depends on what it does",
  }),
  layer("src/compiler", {
    mayImport: ["src/kernel", "src/catalog", "src/artifact", "sdk/config"],
    mayImportTypesOf: ["src/providers"],
    packages: [
      { name: "zod" },
      { name: "esbuild" },
      { name: "@babel/parser", in: "src/compiler/locate/" },
      { name: "yaml", in: "src/compiler/openapi/" },
      { name: "@jridgewell/trace-mapping", in: "src/compiler/locate/" },
      { name: "refa", in: "src/compiler/regular-expressions/" },
      node,
      bun,
    ],
    reason: "the compiler must not know how requests are served",
  }),
  layer("src/providers", {
    mayImport: ["src/kernel", "src/canonical", "src/catalog", "src/dialects", "src/upstream"],
    mayImportTypesOf: ["src/artifact"],
    packages: [{ name: "gpt-tokenizer", in: "src/providers/demo/" }, node],
    reason: "a provider knows its vendor and nothing of the gateway around it",
  }),
  layer("src/overlay", {
    mayImport: ["src/kernel", "src/artifact", "src/limits"],
    mayImportTypesOf: ["src/stores"],
    reason:
      "who may call what is worked out in one place, from the artifact and the records that are handed to it",
  }),
  layer("src/runtime", {
    mayImport: [
      "src/kernel",
      "src/canonical",
      "src/catalog",
      "src/artifact",
      "src/limits",
      "src/http",
      "src/dialects",
      "src/providers",
      "src/upstream",
      "src/telemetry",
    ],
    mayImportTypesOf: ["src/stores/ports.ts", "src/overlay/rows.ts"],
    packages: [
      { name: "jsonrepair", in: "src/runtime/endpoint/read-output.ts" },
      { name: "ajv", in: "src/runtime/backends/request-check.ts" },
      { name: "ajv-formats", in: "src/runtime/backends/request-check.ts" },
    ],
    reason: "the request path touches tables and upstreams; stores and frameworks are handed to it",
  }),
  layer("src/admin", {
    mayImport: ["src/kernel", "src/artifact", "src/overlay", "src/notify"],
    mayImportTypesOf: ["src/stores", "src/telemetry"],
    packages: [
      { name: "jose", in: "src/admin/identity/oidc/" },
      { name: "zod", in: "src/admin/contract/" },
      { name: "zod", in: "src/admin/engine/" },
      { name: "zod", in: "src/admin/openapi/" },
    ],
    reason: "what people may see and decide; stores, clocks and calls to the outside are handed to it",
  }),
  layer("src/server", {
    mayImport: [
      "src/kernel",
      "src/artifact",
      "src/http",
      "src/front",
      "src/runtime",
      "src/dialects",
      "src/admin/engine/error-reply.ts",
      "src/admin/open-routes.ts",
    ],
    mayImportTypesOf: ["src/admin"],
    packages: [{ name: "elysia" }],
    reason: "Elysia lives only here, and decides nothing",
  }),
  layer("src/cli", {
    mayImport: ["src", "sdk/config"],
    packages: [{ name: "@clack/prompts" }, node, bun],
    reason: "the command line puts things together",
  }),
  layer("sdk/client", {
    mayImportTypesOf: ["src/canonical", "sdk/config"],
    reason: "the client has no run-time dependency and runs everywhere",
  }),
];
