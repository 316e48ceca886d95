import type { Diagnostic, DiagnosticNote, SourcePlace } from "./diagnostic.ts";
import { type DiagnosticCode, diagnosticTable } from "./diagnostic-codes.ts";
import { codeFrame, gutterOf } from "./render/code-frame.ts";
import { groupRepeated } from "./render/group-repeated.ts";
import { createPaint, type Look, type Paint } from "./render/paint.ts";
import { safeLines, safeText } from "./render/safe-text.ts";
import { starSecrets } from "./secrets/secret-mask.ts";

/** How diagnostics become text. */
export interface RenderOptions {
  /** Text of a source file by the name that places use, for code frames. */
  readonly sources: (file: string) => string | undefined;
  /** Whether to use terminal colours. */
  readonly colour: boolean;
  /** Screen columns, default 100. */
  readonly width?: number;
}

/** Diagnostics as data for machines: what `--json` prints. */
export interface DiagnosticReport {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  readonly diagnostics: readonly ExplainedDiagnostic[];
}

/** A diagnostic with what to do about all of its code, which `latchkey explain` says too. */
interface ExplainedDiagnostic extends Diagnostic {
  readonly help: string;
}

const MARK: Readonly<Record<Diagnostic["severity"], Look>> = {
  error: "red",
  warning: "yellow",
  note: "cyan",
};
const LINE_BREAK = /\r\n?|[\n\u2028\u2029]/;
const CONTEXT = 1;
/** Repeated diagnostics that are listed at most. */
const MOST_LISTED = 20;
/** A note shows only its line: the reader is sent there, not taught about it. */
const NOTE_CONTEXT = 0;

/**
 * Diagnostics as text for people, in the order of their places, with code frames and a line that counts them.
 * Empty where there are none. What diagnostics quote can neither move the cursor nor change colours.
 */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], options: RenderOptions): string {
  if (diagnostics.length === 0) return "";
  const renderer = new Renderer(options, diagnostics);
  const blocks = groupRepeated(inOrder(diagnostics)).map((group) => renderer.group(group));
  return `${blocks.join("\n\n")}\n\n${renderer.summary(diagnostics)}\n`;
}

/** Diagnostics in the order of their places, with their counts, as plain data for `JSON.stringify`. */
export function diagnosticsToJson(diagnostics: readonly Diagnostic[]): DiagnosticReport {
  const explained = inOrder(diagnostics).map((one) => ({ ...one, help: diagnosticTable[one.code].help }));
  return { ...count(diagnostics), diagnostics: explained };
}

class Renderer {
  readonly #options: RenderOptions;
  readonly #paint: Paint;
  /** Places that no frame may show, not even one that is about its neighbour. */
  readonly #secrets: readonly SourcePlace[];
  readonly #lines = new Map<string, readonly string[]>();
  /** Codes whose help was shown: once is enough. */
  readonly #helped = new Set<DiagnosticCode>();

  constructor(options: RenderOptions, diagnostics: readonly Diagnostic[]) {
    this.#options = options;
    this.#secrets = diagnostics.flatMap(placesOf).filter(({ secret }) => secret === true);
    this.#paint = createPaint(options.colour);
  }

  /** One diagnostic with its frame, or several of one code as a list. */
  group(group: readonly Diagnostic[]): string {
    const [first] = group;
    if (first === undefined) return "";
    return group.length === 1 ? this.#block(first) : this.#list(first, group);
  }

  #block(diagnostic: Diagnostic): string {
    const paint = this.#paint;
    const mark = MARK[diagnostic.severity];
    const gutter = Math.max(3, ...placesOf(diagnostic).map((place) => gutterOf(place, CONTEXT)));
    const lines = [this.#head(diagnostic, diagnostic.message)];
    const path = paint(safeText(diagnostic.path), "dim");
    if (diagnostic.place !== undefined) {
      lines.push(`${this.#arrow(diagnostic.place)}${path === "" ? "" : `  ${path}`}`);
      lines.push(...this.#frame(diagnostic.place, gutter, [mark, "bold"], CONTEXT));
    } else if (path !== "") {
      lines.push(`  ${paint("→", "cyan")} ${path}`);
    }
    for (const note of diagnostic.notes) lines.push(...this.#note(note, gutter));
    lines.push(...this.#help(diagnostic));
    return lines.join("\n");
  }

  #list(first: Diagnostic, group: readonly Diagnostic[]): string {
    const title = diagnosticTable[first.code].title.replace(/^./, (letter) => letter.toLowerCase());
    const common = remarksOf(first).filter((remark) => group.every((one) => remarksOf(one).includes(remark)));
    const left = group.length - MOST_LISTED;
    return [
      this.#head(first, `${title.replace(/\.$/, "")}, ${group.length} times`),
      ...group.slice(0, MOST_LISTED).flatMap((diagnostic) => this.#item(diagnostic, common)),
      ...(left > 0 ? [`  and ${left} more; \`latchkey check --json\` lists all`] : []),
      ...common.flatMap((message) => this.#note({ message }, 0)),
      ...group.filter(({ suggestion }) => suggestion === undefined).flatMap((one) => this.#help(one)),
    ].join("\n");
  }

  /** A line for a diagnostic, and one for each other place or remark that not all of its group share. */
  #item(
    { message, path, place, notes, suggestion }: Diagnostic,
    common: readonly string[],
  ): readonly string[] {
    const parts = [
      place === undefined ? `  ${this.#paint("→", "cyan")}` : this.#arrow(place),
      this.#paint(safeText(path), "dim"),
      safeText(suggestion === undefined ? message : `${message}; ${suggestion}`),
    ];
    const others = notes
      .filter((note) => note.place !== undefined || !common.includes(note.message))
      .map((note) =>
        note.place === undefined
          ? `    ${safeText(note.message)}`
          : `  ${this.#arrow(note.place)}  ${safeText(note.message)}`,
      );
    return [parts.filter((part) => part !== "").join("  "), ...others];
  }

  /** What to write instead, else what to do about any diagnostic of this code, said at the first one. Notes ask for nothing. */
  #help({ code, severity, suggestion }: Diagnostic): readonly string[] {
    const help = (text: string): string =>
      `  ${this.#paint("help:", "bold", "green")} ${safeLines(text, "        ")}`;
    if (suggestion !== undefined) return [help(suggestion)];
    if (severity === "note" || this.#helped.has(code)) return [];
    this.#helped.add(code);
    return [help(shortHelp(code))];
  }

  #head({ severity, code }: Diagnostic, message: string): string {
    const paint = this.#paint;
    const head = paint(`${severity} ${code}`, "bold", MARK[severity]);
    return `${head}${paint(":", "bold")} ${paint(safeLines(message, "  "), "bold")}`;
  }

  summary(diagnostics: readonly Diagnostic[]): string {
    const { errors, warnings, notes } = count(diagnostics);
    const parts = [
      errors === 0 ? "" : this.#paint(plural(errors, "error"), "bold", MARK.error),
      warnings === 0 ? "" : this.#paint(plural(warnings, "warning"), "bold", MARK.warning),
      notes === 0 ? "" : this.#paint(plural(notes, "note"), "bold", MARK.note),
    ];
    return parts.filter((part) => part !== "").join(", ");
  }

  #note(note: DiagnosticNote, gutter: number): readonly string[] {
    const head = `  ${this.#paint("note:", "bold", "cyan")} ${safeLines(note.message, "        ")}`;
    if (note.place === undefined) return [head];
    return [
      head,
      this.#arrow(note.place),
      ...this.#frame(note.place, gutter, ["cyan", "bold"], NOTE_CONTEXT),
    ];
  }

  #arrow(place: SourcePlace): string {
    return `  ${this.#paint("→", "cyan")} ${safeText(place.file)}:${place.line}:${place.column}`;
  }

  #frame(place: SourcePlace, gutter: number, mark: readonly Look[], context: number): readonly string[] {
    const width = this.#options.width ?? 100;
    return codeFrame(this.#source(place.file), place, gutter, { paint: this.#paint, mark, width, context });
  }

  #source(file: string): readonly string[] {
    let lines = this.#lines.get(file);
    if (lines === undefined) {
      lines =
        this.#options
          .sources(file)
          ?.replace(/^\ufeff/, "")
          .split(LINE_BREAK)
          .map((line, index) => this.#masked(line, file, index + 1)) ?? [];
      this.#lines.set(file, lines);
    }
    return lines;
  }

  #masked(text: string, file: string, line: number): string {
    const places = this.#secrets.filter((place) => place.file === file && place.line === line);
    return places.reduce((shown, { column, length = shown.length }) => {
      const end = Math.min(shown.length, column - 1 + length);
      return shown.slice(0, column - 1) + "*".repeat(Math.max(0, end - column + 1)) + shown.slice(end);
    }, starSecrets(text));
  }
}

/** The first sentence of a code's help, which is the one that says what to do. */
function shortHelp(code: DiagnosticCode): string {
  const [first = ""] = diagnosticTable[code].help.split(/\. (?=[A-Z`])/, 1);
  return first.replace(/\.$/, "").replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
}

/** Notes without a place. */
function remarksOf({ notes }: Diagnostic): readonly string[] {
  return notes.flatMap(({ place, message }) => (place === undefined ? [message] : []));
}

function placesOf(diagnostic: Diagnostic): readonly SourcePlace[] {
  return [diagnostic, ...diagnostic.notes].flatMap(({ place }) => (place === undefined ? [] : [place]));
}

function count(diagnostics: readonly Diagnostic[]): Omit<DiagnosticReport, "diagnostics"> {
  const of = (wanted: Diagnostic["severity"]): number =>
    diagnostics.filter(({ severity }) => severity === wanted).length;
  return { errors: of("error"), warnings: of("warning"), notes: of("note") };
}

function plural(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

/** By file, line, column and code; those without a place come last. The rest decides what still is equal. */
function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted(
    (a, b) =>
      Number(a.place === undefined) - Number(b.place === undefined) ||
      compare(a.place?.file ?? "", b.place?.file ?? "") ||
      (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
      (a.place?.column ?? 0) - (b.place?.column ?? 0) ||
      compare(a.code, b.code) ||
      compare(a.path, b.path) ||
      compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
