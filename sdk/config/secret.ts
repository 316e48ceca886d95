import type { SecretRef } from "../../src/kernel/secret.ts";
import { type Declaration, declare } from "./declaration.ts";

/** A reference to a secret. The value is read when the gateway starts; it is never in the artifact. */
export type Secret = Declaration<"secret"> & SecretRef;

/**
 * The secret in an environment variable.
 * @example openai({ apiKey: env("OPENAI_API_KEY") })
 */
export function env(name: string): Secret {
  return declare("secret", { source: "env" as const, name });
}

/**
 * The secret in a file, without its trailing line break. A relative path starts at the config's folder.
 * @example openai({ apiKey: file("/run/secrets/openai") })
 */
export function file(path: string): Secret {
  return declare("secret", { source: "file" as const, name: path });
}
