import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Artifact } from "../artifact/artifact.ts";
import { type CompileResult, compile } from "../compiler/compile.ts";
import type { Diagnostic } from "../compiler/diagnostic.ts";
import type { Predecessor } from "../compiler/promises/predecessor.ts";
import { diagnosticsToJson, renderDiagnostics } from "../compiler/render.ts";
import { errorTable } from "../kernel/codes.ts";
import { LatchkeyError } from "../kernel/error.ts";
import type { CommandContext } from "./command.ts";

/** A config that compiled. */
export interface CompiledConfig {
  readonly artifact: Artifact;
  readonly hash: string;
  readonly functions: string | null;
  /** Warnings. */
  readonly diagnostics: readonly Diagnostic[];
  /** What breaks promises, and was let pass. */
  readonly allowed: readonly Diagnostic[];
  /** Files that were read. */
  readonly inputs: readonly string[];
}

/**
 * Compiles the config, with progress shown.
 * @param predecessor what it is held to
 * @throws LatchkeyError LK-6101 when the config file does not exist.
 */
export async function compileConfig(
  { io, ui, configFile }: CommandContext,
  { predecessor, signal }: Pick<CompileOptions, "predecessor" | "signal"> = {},
): Promise<CompileResult> {
  if (!existsSync(configFile)) throw new LatchkeyError("LK-6101", `There is no config at ${configFile}.`);
  const nowMs = io.clock.now();
  return ui.progress("Compiling the config", () =>
    compile({ configFile, nowMs, signal, ...(predecessor !== undefined && { predecessor }) }),
  );
}

/** The compiled config of a result, or `undefined` where it has errors. */
export function compiledOf(result: CompileResult): CompiledConfig | undefined {
  const { artifact, hash } = result;
  return artifact === null || hash === null ? undefined : { ...result, artifact, hash };
}

/** How `compileOrShow` answers. */
export interface CompileOptions {
  /** A `line` where the command writes JSON lines; default: a document. */
  readonly form?: "document" | "line";
  /** Told which files were read, and whether the config is good. */
  readonly onInputs?: ((inputs: readonly string[], good: boolean) => void) | undefined;
  /** What the config is held to. */
  readonly predecessor?: Predecessor | undefined;
  /** Gives the compilation up: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Compiles the config and shows its diagnostics; `undefined` where it has errors, with the answer for `--json`
 * already given.
 * @throws LatchkeyError LK-6101 when the config file does not exist.
 */
export async function compileOrShow(
  context: CommandContext,
  options: CompileOptions = {},
): Promise<CompiledConfig | undefined> {
  const result = await compileConfig(context, options);
  options.onInputs?.(result.inputs, compiledOf(result) !== undefined);
  showDiagnostics(result.diagnostics, context);
  const compiled = compiledOf(result);
  if (compiled === undefined) {
    const { title: message, help } = errorTable["LK-6104"];
    const error = { code: "LK-6104", message, detail: null, help };
    const { form = "document" } = options;
    const head = form === "line" ? { event: "config-errors", error } : { error };
    context.ui.data({ ...head, ...diagnosticsToJson(result.diagnostics) }, form);
  }
  return compiled;
}

/** Diagnostics with code frames on stderr; nothing in JSON mode, where they are part of the answer. */
export function showDiagnostics(diagnostics: readonly Diagnostic[], { ui, root }: CommandContext): void {
  if (ui.json || diagnostics.length === 0) return;
  const { colour, width } = ui.err;
  const sources = (file: string): string | undefined => readSource(resolve(root, file));
  ui.err.line(renderDiagnostics(diagnostics, { sources, colour, width }));
}

function readSource(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
