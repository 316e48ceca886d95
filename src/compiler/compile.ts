import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir, totalmem } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Artifact } from "../artifact/artifact.ts";
import { sha256Hex } from "../kernel/hash.ts";
import { canonicalJson } from "../kernel/json.ts";
import { bundleConfig, isOwnSource } from "./bundle/bundle-config.ts";
import { lookUpModels } from "./catalog/look-up-models.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { checkInvariants } from "./evaluate/check-invariants.ts";
import { evaluateConfig } from "./evaluate/evaluate-config.ts";
import { reportUndeclared } from "./evaluate/report-undeclared.ts";
import { compileFunctions } from "./functions/compile-functions.ts";
import { createLocator } from "./locate/locator.ts";
import { lowerConfig } from "./lower/lower-config.ts";
import { importDocuments } from "./openapi/import-documents.ts";
import { checkAccess } from "./passes/check-access.ts";
import { checkBackends } from "./passes/check-backends.ts";
import { checkConversations } from "./passes/check-conversations.ts";
import { checkCredentials } from "./passes/check-credentials.ts";
import { checkEndpoints } from "./passes/check-endpoints.ts";
import { checkIdentity } from "./passes/check-identity.ts";
import { checkKeys } from "./passes/check-keys.ts";
import { checkLifecycles } from "./passes/check-lifecycles.ts";
import { checkModels } from "./passes/check-models.ts";
import { checkPatterns } from "./passes/check-patterns.ts";
import { checkSupply } from "./passes/check-supply.ts";
import { type NamedConfig, nameDeclarations } from "./passes/name-declarations.ts";
import { readConfig } from "./passes/read-config.ts";
import { reportWithoutEffect } from "./passes/report-without-effect.ts";
import { resolveReferences } from "./passes/resolve-references.ts";
import { placeFindings } from "./place-findings.ts";
import { checkPromises } from "./promises/check-promises.ts";
import type { Predecessor } from "./promises/predecessor.ts";
import { Report } from "./report.ts";
import { createSecretMask } from "./secrets/secret-mask.ts";

/** What is compiled, and how long it may take. */
export interface CompileOptions {
  /** Path of the `gateway.config.ts`; relative ones start at the working folder. */
  readonly configFile: string;
  /** Milliseconds that running the config may take, default 20,000. */
  readonly timeLimitMs?: number;
  /** Milliseconds that the bundler may take each time, default 20,000; it is tried twice. */
  readonly bundlerLimitMs?: number;
  /** Bytes of memory that running the config may take, default 2 GiB, or half of the machine's if that is less. */
  readonly memoryLimitBytes?: number;
  /** Milliseconds since the epoch, by which keys have expired and models are retired; only warnings depend on it. Default: now. */
  readonly nowMs?: number;
  /** What callers hold to, which the config must not break; absent: nobody calls yet. */
  readonly predecessor?: Predecessor;
  /** Gives the compilation up, with what it has started. */
  readonly signal?: AbortSignal | undefined;
}

/** What comes out. */
export interface CompileResult {
  /** Null exactly where a diagnostic is an error. */
  readonly artifact: Artifact | null;
  /** 64 hex digits: SHA-256 of the artifact's canonical JSON. */
  readonly hash: string | null;
  /** Text of `functions.js`; null also where the gateway has no endpoints. */
  readonly functions: string | null;
  readonly diagnostics: readonly Diagnostic[];
  /** What breaks promises of the predecessor and is let pass, since whoever compiles says so. */
  readonly allowed: readonly Diagnostic[];
  /** Absolute paths of the source files that were read, for watching. */
  readonly inputs: readonly string[];
}

const TIME_LIMIT_MS = 20_000;
const MEMORY_LIMIT_BYTES = 2 * 1024 ** 3;

/**
 * Compiles a config: bundle, run once, check everything, resolve. What is wrong with the config is a diagnostic,
 * all of it in one run; the same sources give the same artifact wherever and whenever they are compiled.
 * Rejects only with the reason of `signal`, once that gives it up.
 */
export async function compile(options: CompileOptions): Promise<CompileResult> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-compile-"));
  try {
    return await compileIn(folder, resolve(options.configFile), options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compileIn(
  folder: string,
  configFile: string,
  options: CompileOptions,
): Promise<CompileResult> {
  const { signal } = options;
  const report = new Report();
  const passed = new Report();
  const mask = createSecretMask(process.env);
  const rootDir = dirname(configFile);
  const bundlePath = join(folder, "config.mjs");
  if (!existsSync(configFile)) report.add("LK1001", `there is no config at ${configFile}`);
  else if (statSync(configFile).isDirectory())
    report.add("LK1001", `there is a folder at ${configFile}, not a config`);
  // Reading a pipe or a device may never come to an end.
  else if (!statSync(configFile).isFile()) report.add("LK1001", `${configFile} is no file`);
  const { bundle, inputs } = report.hasErrors
    ? { bundle: null, inputs: [configFile] }
    : await bundleConfig(configFile, bundlePath, report, options.bundlerLimitMs);
  signal?.throwIfAborted();
  const locator =
    bundle === null
      ? undefined
      : createLocator({ sourceMap: bundle.sourceMap, bundlePath, rootDir, isOwnSource, readSource });
  const end = (
    named?: NamedConfig,
    artifact: Artifact | null = null,
    functions: string | null = null,
  ): CompileResult => {
    const place = { locator, bundlePath, mask, config: named };
    const diagnostics = placeFindings(report.findings, place);
    const allowed = placeFindings(passed.findings, place).filter(({ severity }) => severity === "error");
    const hash = artifact === null ? null : sha256Hex(canonicalJson(artifact));
    return { artifact, hash, functions, diagnostics, allowed, inputs };
  };
  if (bundle === null || locator === undefined) return end();

  const timeLimitMs = options.timeLimitMs ?? TIME_LIMIT_MS;
  const memoryLimitBytes = options.memoryLimitBytes ?? Math.min(MEMORY_LIMIT_BYTES, totalmem() / 2);
  const limits = { timeLimitMs, memoryLimitBytes };
  const evaluation = { folder, configFile, ...limits, signal };
  const { graph } = await evaluateConfig(bundle, evaluation, report);
  signal?.throwIfAborted();
  if (graph === null) {
    reportUndeclared(locator, report);
    return end();
  }

  const nowMs = options.nowMs ?? Date.now();
  const named = nameDeclarations(graph, report);
  const read = readConfig(named, report);
  const resolved = resolveReferences(read, report);
  checkSupply(resolved, report);
  const catalogued = lookUpModels(resolved);
  checkConversations(catalogued, report);
  checkModels(catalogued, report, nowMs);
  checkLifecycles(resolved, report);
  checkIdentity(resolved, report);
  checkAccess(resolved, report);
  checkCredentials(resolved, report);
  checkKeys(resolved, report, nowMs);
  checkBackends(resolved, report);
  const opened: string[] = [];
  const source = { rootDir, read: readSource, onRead: (path: string) => opened.push(path) };
  const imported = importDocuments(catalogued, source, report);
  checkPatterns(imported, report);
  const prompted = checkEndpoints(imported, report);
  reportWithoutEffect(prompted, report);
  const withDocuments = (result: CompileResult): CompileResult => ({
    ...result,
    inputs: [...new Set([...result.inputs, ...opened])],
  });
  if (report.hasErrors) return withDocuments(end(named));

  const functions = await compileFunctions(prompted, configFile, report, options.bundlerLimitMs);
  signal?.throwIfAborted();
  if (functions === null) return withDocuments(end(named));
  const artifact = lowerConfig(prompted, functions);
  await checkInvariants(prompted, artifact, bundle.path, evaluation, report);
  signal?.throwIfAborted();
  if (options.predecessor !== undefined) {
    checkPromises(prompted, artifact, options.predecessor, report, passed);
  }
  if (report.hasErrors) return withDocuments(end(named));
  return withDocuments(end(named, artifact, functions.code));
}

function readSource(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
