import { readFileSync } from "node:fs";
import type { SecretResolver } from "../kernel/secret.ts";

/** Where secrets are looked up. */
export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of a secret file. */
  readonly resolvePath: (path: string) => string;
}

/** Reads secrets; what is not there, not readable or empty is missing. A file's last line break is not part of it. */
export function createSecretResolver({ env, resolvePath }: SecretSources): SecretResolver {
  return (ref) => {
    const value = ref.source === "env" ? env[ref.name] : readSecretFile(resolvePath(ref.name));
    return value === undefined || value === "" ? undefined : value;
  };
}

function readSecretFile(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").replace(/\r?\n$/, "");
  } catch {
    return undefined;
  }
}
