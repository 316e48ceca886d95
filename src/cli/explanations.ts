import { diagnosticTable } from "../compiler/diagnostic-codes.ts";
import { errorTable } from "../kernel/codes.ts";

/** What is known of a code. */
export interface Explanation {
  readonly code: string;
  readonly title: string;
  readonly help: string;
  /** Severity of a diagnostic; null for errors at run time. */
  readonly severity: "error" | "warning" | "note" | null;
  /** HTTP status of an error that callers meet; null for diagnostics and errors of the command line. */
  readonly status: number | null;
  readonly retryable: boolean;
}

/** Every code there is: the compiler's first, then the others, by number. */
export function explanations(): readonly Explanation[] {
  const diagnostics = Object.entries(diagnosticTable).map(([code, { severity, title, help }]) => ({
    code,
    title,
    help,
    severity,
    status: null,
    retryable: false,
  }));
  const errors = Object.entries(errorTable).map(([code, { status, retryable, title, help }]) => ({
    code,
    title,
    help,
    severity: null,
    // Errors of the command line have a status only for want of a better number.
    status: code.startsWith("LK-6") ? null : status,
    retryable,
  }));
  return [...diagnostics, ...errors];
}

/** A code as the tables write it: `lk1203` is `LK1203`; `lk2001` and `2001` are `LK-2001`. */
export function normalizeCode(text: string): string {
  const digits = /^(?:LK-?)?(\d{4})$/i.exec(text.trim())?.[1];
  if (digits === undefined) return text.trim().toUpperCase();
  return digits.startsWith("1") ? `LK${digits}` : `LK-${digits}`;
}
