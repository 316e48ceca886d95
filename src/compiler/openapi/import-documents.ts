import { resolve } from "node:path";
import type { ArtifactBackendRoute } from "../../artifact/artifact.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { CataloguedConfig } from "../catalog/look-up-models.ts";
import type { Report, Spot } from "../report.ts";
import { readDocument } from "./read-document.ts";
import { OperationReader } from "./read-operations.ts";

/** What came of an OpenAPI document. */
export interface ImportedDocument {
  readonly document: JsonObject;
  readonly routes: ArtifactBackendRoute[];
}

/** A config whose backends have their documents. */
export interface ImportedConfig extends CataloguedConfig {
  /** By the id of the backend's declaration. */
  readonly documents: ReadonlyMap<number, ImportedDocument>;
}

/** Where documents come from. */
export interface DocumentSource {
  /** Folder in which relative paths start. */
  readonly rootDir: string;
  /** Text of a file; undefined where it cannot be read. */
  readonly read: (path: string) => string | undefined;
  /** Told the absolute path of every file that is looked for. */
  readonly onRead: (path: string) => void;
}

/** Things that are not checked and that a document is warned of, at most; the last one says how many there are. */
const SHOWN_LIMITS = 5;

/** Reads the OpenAPI documents of backends; their operations become routes. */
export function importDocuments(
  config: CataloguedConfig,
  source: DocumentSource,
  report: Report,
): ImportedConfig {
  const documents = new Map<number, ImportedDocument>();
  for (const { id, options } of config.tables.backends) {
    const { openapi, routes, validate } = options;
    const at: Spot = { declaration: id, path: ["openapi"] };
    if (openapi === undefined) {
      if (validate === undefined || validate === "off") continue;
      const message = "validate has no effect without openapi";
      report.add("LK1709", message, { at: { declaration: id, path: ["validate"] }, part: "key" });
      continue;
    }
    if (routes !== undefined) {
      const message = "openapi and routes both say what may be called";
      report.add("LK1327", message, { at, part: "key", suggestion: "remove one of the two" });
    }
    const path = resolve(source.rootDir, openapi);
    source.onRead(path);
    const imported = importDocument(openapi, source.read(path), at, report);
    if (imported !== undefined) documents.set(id, imported);
  }
  return { ...config, documents };
}

function importDocument(
  name: string,
  text: string | undefined,
  at: Spot,
  report: Report,
): ImportedDocument | undefined {
  const read = readDocument(text);
  if (!read.ok) {
    report.add("LK1705", `${JSON.stringify(name)} ${read.problem}`, { at });
    return undefined;
  }
  const reader = new OperationReader(read.document);
  const routes = reader.routes();
  for (const problem of reader.problems) report.add("LK1706", `${JSON.stringify(name)}: ${problem}`, { at });
  const limits = [...new Set(reader.limits)];
  if (limits.length > 0) {
    const more = limits.length > SHOWN_LIMITS ? [`and ${limits.length - SHOWN_LIMITS} more`] : [];
    report.add("LK1707", `${JSON.stringify(name)} asks for what is not checked`, {
      at,
      notes: [...limits.slice(0, SHOWN_LIMITS), ...more].map((message) => ({ message })),
    });
  }
  return { document: read.document, routes };
}
