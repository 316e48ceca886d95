/** Where a secret is read from when the gateway starts. The reference travels; the value never does. */
export interface SecretRef {
  readonly kind: "secret";
  readonly source: "env" | "file";
  /** Name of the environment variable, or path of the file. */
  readonly name: string;
}

/** Reads the value behind a reference; `undefined` when it is not there or empty. */
export type SecretResolver = (ref: SecretRef) => string | undefined;

/** How a reference is shown to people: `env("OPENAI_API_KEY")`. */
export function describeSecret(ref: SecretRef): string {
  return `${ref.source}(${JSON.stringify(ref.name)})`;
}
