import type { DiagnosticCode } from "./diagnostic-codes.ts";

/** A place in a source file of the config. */
export interface SourcePlace {
  /** Path relative to the config's folder, with forward slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** Code units that the place covers, when known. */
  readonly length?: number;
  /** Whether what stands there must not be shown: it may be a secret. */
  readonly secret?: true;
}

/** Something else worth knowing, perhaps elsewhere. */
export interface DiagnosticNote {
  readonly message: string;
  readonly place?: SourcePlace;
}

/** One finding of the compiler, as data; `render.ts` makes text of it. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: "error" | "warning" | "note";
  /** One sentence without a full stop that names what is wrong. */
  readonly message: string;
  /** Path in the config, such as `tenants.shop.apps.checkout.keys.production`; empty for the whole. */
  readonly path: string;
  readonly place?: SourcePlace;
  readonly notes: readonly DiagnosticNote[];
  /** What to write instead, as a sentence: `did you mean "checkout"?`. */
  readonly suggestion?: string;
}
