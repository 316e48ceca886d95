import { sha256Hex } from "../../kernel/hash.ts";
import type { Report } from "../report.ts";
import { checkKeyPolicies } from "./check-key-policies.ts";
import { type Reach, reachOf } from "./reach.ts";
import type { ResolvedConfig } from "./resolve-references.ts";

type KeyRow = ResolvedConfig["tables"]["keys"][number];

/** Texts that people put where a key should be. */
const PLACEHOLDERS = [
  "",
  "test",
  "key",
  "secret",
  "password",
  "changeme",
  "change-me",
  "example",
  "todo",
  "demo",
];
const PLACEHOLDER_DIGESTS: ReadonlySet<string> = new Set(
  PLACEHOLDERS.map((text) => `sha256:${sha256Hex(text)}`),
);

/** Checks keys: their digests, dates and what is left of their application's reach. */
export function checkKeys(config: ResolvedConfig, report: Report, nowMs: number): ResolvedConfig {
  const first = new Map<string, KeyRow>();
  for (const key of config.tables.keys) {
    checkDigest(key, first, report);
    const { expires } = key.options;
    if (expires !== undefined && expires <= nowMs) {
      report.add("LK1307", `the key ${JSON.stringify(key.name)} has expired`, {
        at: { declaration: key.id, path: ["expires"] },
      });
    }
    if (key.options.scope !== undefined) checkScope(config, key, report);
  }
  checkKeyPolicies(config, report, nowMs);
  return config;
}

function checkDigest(key: KeyRow, first: Map<string, KeyRow>, report: Report): void {
  const { digest } = key.options;
  if (digest === undefined) return;
  const at = { declaration: key.id, path: ["digest"] };
  const known = first.get(digest);
  if (isPlaceholder(digest)) {
    report.add("LK1304", `the digest of the key ${JSON.stringify(key.name)} is a placeholder`, { at });
  } else if (known === undefined) {
    first.set(digest, key);
  } else {
    const message = `the keys ${JSON.stringify(known.name)} and ${JSON.stringify(key.name)} have the same digest`;
    const place = { declaration: known.id, path: ["digest"] };
    report.add("LK1305", message, { at, notes: [{ message: "first here", at: place }] });
  }
}

/** One digit over and over, all digits in turn, or the digest of a word that anyone would try. */
function isPlaceholder(digest: string): boolean {
  const digits = digest.slice("sha256:".length);
  return (
    PLACEHOLDER_DIGESTS.has(digest) ||
    /^(..?.?.?)\1{15,}$/.test(digits) ||
    digits === "0123456789abcdef".repeat(4)
  );
}

function checkScope(config: ResolvedConfig, key: KeyRow, report: Report): void {
  const app = config.tables.apps[key.app];
  const { scope } = key.options;
  if (app === undefined || scope === undefined) return;
  const whole = reachOf(config, app);
  const reachable = { services: app.options.uses ?? [], ...whole };
  const user = `the application ${JSON.stringify(app.name)}`;
  for (const kind of ["services", "models", "endpoints", "backends"] as const) {
    scope[kind]?.forEach((id, index) => {
      if (reachable[kind].includes(id)) return;
      const message = `${user} does not reach ${config.paths[id]}, so the scope cannot grant it`;
      report.add("LK1504", message, { at: { declaration: key.id, path: ["scope", kind, index] } });
    });
  }
  const left = reachOf(config, app, scope);
  if (sizeOf(whole) > 0 && sizeOf(left) === 0) {
    report.add("LK1506", `the key ${JSON.stringify(key.name)} reaches nothing`, {
      at: { declaration: key.id, path: ["scope"] },
      part: "key",
    });
  }
}

function sizeOf({ models, endpoints, backends }: Reach): number {
  return models.length + endpoints.length + backends.length;
}
