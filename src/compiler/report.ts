import type { SourcePlace } from "./diagnostic.ts";
import { type DiagnosticCode, diagnosticTable } from "./diagnostic-codes.ts";
import type { GraphSite } from "./evaluate/graph.ts";
import type { Suspect } from "./locate/suspects.ts";

/** A value inside a declaration: which one, and the way to the value. */
export interface Spot {
  /** Id of the declaration in the graph. */
  readonly declaration: number;
  readonly path: readonly (string | number)[];
}

/** Where a finding is, in whichever way it is known. */
export interface Whereabouts {
  readonly at?: Spot;
  /** Of a name rather than of what stands under it. */
  readonly part?: "key" | "value";
  readonly site?: GraphSite;
  readonly place?: SourcePlace;
  /** Whether what stands there must not be shown. */
  readonly secret?: true;
}

/** Something else worth knowing about a finding. */
interface FindingNote extends Whereabouts {
  readonly message: string;
}

/** A diagnostic before its place in the sources was looked up. */
export interface Finding extends Whereabouts {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly notes?: readonly FindingNote[];
  readonly suggestion?: string;
  /** Where what is an error otherwise is only a warning. */
  readonly severity?: "warning";
  /** A name without a declaration, somewhere in the call that is meant. */
  readonly reference?: string;
  /** What may be the reason where nothing says which place it is. */
  readonly suspects?: readonly Suspect[];
  /** The place where nothing else tells one: the beginning of the config. */
  readonly entry?: SourcePlace;
}

/** Takes down what is wrong. Passes never stop at the first mistake: all are reported in one run. */
export class Report {
  readonly #findings: Finding[] = [];

  /** One more finding; severity comes from the code's row unless it says otherwise. */
  add(code: DiagnosticCode, message: string, extra: Omit<Finding, "code" | "message"> = {}): void {
    this.#findings.push({ code, message, ...extra });
  }

  /** Whether anything so far prevents an artifact. */
  get hasErrors(): boolean {
    return this.#findings.some((finding) => severityOf(finding) === "error");
  }

  /** Everything so far. */
  get findings(): readonly Finding[] {
    return this.#findings;
  }
}

/** How bad a finding is. */
export function severityOf({ code, severity }: Finding): "error" | "warning" | "note" {
  return severity ?? diagnosticTable[code].severity;
}
