/** What one check of `latchkey doctor` found. */
export interface Finding {
  /** What was looked at. */
  readonly subject: string;
  readonly state: "ok" | "warn" | "fail";
  readonly message: string;
  /** What to do; null where nothing has to be done. */
  readonly advice: string | null;
}

/** All is well. */
export function ok(subject: string, message: string): Finding {
  return { subject, state: "ok", message, advice: null };
}

/** It works, but someone should know. */
export function warn(subject: string, message: string, advice: string): Finding {
  return { subject, state: "warn", message, advice };
}

/** It keeps the gateway from serving, or from keeping its secrets. */
export function fail(subject: string, message: string, advice: string): Finding {
  return { subject, state: "fail", message, advice };
}
