import type { ArtifactAuth, ArtifactProvider } from "../../artifact/artifact.ts";
import { formatDuration } from "../../kernel/duration.ts";
import type { SecretRef } from "../../kernel/secret.ts";
import { about, type Finding, type Statement } from "./finding.ts";
import { isSame, matchRows } from "./match.ts";
import type { NamedArtifact } from "./named-artifact.ts";
import { arrow, countText } from "./words.ts";

/** What changes in providers. Added and removed ones act through the models that have targets at them. */
export function diffProviders(before: NamedArtifact, after: NamedArtifact): readonly Finding[] {
  const { added, removed, kept } = matchRows(before.providers, after.providers);
  return [
    ...added.flatMap(([name, { type, baseUrl }]) => {
      const message = `added, type ${type}${baseUrl === null ? "" : `, at ${baseUrl}`}`;
      return about("provider", [name], [{ kind: "provider-added", effect: "safe", message }]);
    }),
    ...removed.flatMap(([name]) =>
      about("provider", [name], [{ kind: "provider-removed", effect: "safe", message: "removed" }]),
    ),
    ...kept.flatMap(([name, old, provider]) => about("provider", [name], diffProvider(old, provider))),
  ];
}

function diffProvider(before: ArtifactProvider, after: ArtifactProvider): readonly Statement[] {
  return [
    ...diffAddress(before, after),
    ...diffSecret(before, after),
    ...diffHeaders(before, after),
    ...diffTransport(before, after),
    ...diffPlace(before, after),
  ];
}

/** Somebody may have counted on where calls are computed. */
function diffPlace(before: ArtifactProvider, after: ArtifactProvider): readonly Statement[] {
  const [old, current] = [before, after].map(({ tags }) => tags.toSorted().join(", ") || "none");
  const statements: Statement[] = [];
  if (before.region !== after.region) {
    const message = `region ${arrow(before.region ?? "not said", after.region ?? "not said")}`;
    statements.push({ kind: "provider-region-changed", effect: "widening", message });
  }
  if (old !== current) {
    statements.push({
      kind: "provider-tags-changed",
      effect: "safe",
      message: `tags ${arrow(old ?? "", current ?? "")}`,
    });
  }
  return statements;
}

/** What callers send goes to a new place: someone has to want that. */
function diffAddress(before: ArtifactProvider, after: ArtifactProvider): readonly Statement[] {
  const fields = (
    [
      ["type", before.type, after.type],
      ["base URL", before.baseUrl, after.baseUrl],
    ] as const
  ).filter(([, old, current]) => old !== current);
  const elsewhere = fields.map(
    ([words, old, current]): Statement => ({
      kind: words === "type" ? "provider-type-changed" : "provider-url-changed",
      effect: "widening",
      message: `${words} ${arrow(old ?? "none", current ?? "none")}, so requests go elsewhere`,
    }),
  );
  if (before.query === after.query) return elsewhere;
  const message = `query ${arrow(before.query ?? "none", after.query ?? "none")}`;
  return [...elsewhere, { kind: "provider-query-changed", effect: "safe", message }];
}

function diffSecret(before: ArtifactProvider, after: ArtifactProvider): readonly Statement[] {
  if (isSame(before.auth, after.auth)) return [];
  const words = isKey(before.auth) && isKey(after.auth) ? "API key" : "credential";
  const message = `${words} ${arrow(authText(before.auth), authText(after.auth))}`;
  return [{ kind: "provider-secret-changed", effect: "safe", message }];
}

function isKey({ kind }: ArtifactAuth): boolean {
  return kind === "none" || kind === "bearer" || kind === "header";
}

function authText(auth: ArtifactAuth): string {
  switch (auth.kind) {
    case "none":
      return "none";
    case "bearer":
      return secretText(auth.token);
    case "header":
      return `${secretText(auth.value)} as ${auth.name}`;
    case "aws-sigv4": {
      const { accessKeyId, secretAccessKey, sessionToken, region } = auth;
      const secrets = [accessKeyId, secretAccessKey, ...(sessionToken === null ? [] : [sessionToken])];
      return `AWS key ${secrets.map(secretText).join(", ")} for ${region}`;
    }
    case "google-service-account":
      return `service account ${secretText(auth.credentials)}`;
    case "azure-entra": {
      const secrets = [auth.tenantId, auth.clientId, auth.clientSecret];
      return `Entra application ${secrets.map(secretText).join(", ")} at ${auth.authority} for ${auth.scope}`;
    }
  }
}

function secretText({ source, name }: SecretRef): string {
  return `${source}(${name})`;
}

/** Values are not shown: someone may have written into one what should have been a secret's reference. */
function diffHeaders(before: ArtifactProvider, after: ArtifactProvider): readonly Statement[] {
  const { added, removed, kept } = matchRows(headersOf(before), headersOf(after));
  const changes = [
    ...added.map(([name]) => `${name} added`),
    ...removed.map(([name]) => `${name} removed`),
    ...kept.filter(([, old, current]) => !isSame(old, current)).map(([name]) => `${name} changed`),
  ];
  if (changes.length === 0) return [];
  const message = `headers: ${changes.sort().join(", ")}`;
  return [{ kind: "provider-headers-changed", effect: "safe", message }];
}

/** Header names count without their case; a name may occur several times. */
function headersOf({ headers }: ArtifactProvider): ReadonlyMap<string, readonly unknown[]> {
  const groups = Map.groupBy(headers, ([name]) => name.toLowerCase());
  return new Map([...groups].map(([name, group]) => [name, group.map(([, value]) => value)]));
}

/** Less time and fewer connections let calls fail that used to pass. */
function diffTransport(before: ArtifactProvider, after: ArtifactProvider): readonly Statement[] {
  const bounds = [
    ["most connections", before.maxConnections, after.maxConnections, countText],
    ...(["connectMs", "firstTokenMs", "idleMs", "totalMs"] as const).map(
      (field) =>
        [
          `${field.slice(0, -2)} timeout`,
          before.timeouts[field],
          after.timeouts[field],
          formatDuration,
        ] as const,
    ),
  ] as const;
  const kind = "provider-transport-changed";
  return [
    ...diffUsage(before.streamUsage, after.streamUsage),
    ...bounds.flatMap(([words, old, current, text]): readonly Statement[] => {
      if (old === current) return [];
      const message = `${words} ${arrow(text(old), text(current))}`;
      return [{ kind, effect: current < old ? "breaking" : "safe", message }];
    }),
  ];
}

/** What a provider does not tell cannot be counted. */
function diffUsage(before: boolean, after: boolean): readonly Statement[] {
  if (before === after) return [];
  const message = `asks for usage in streams ${arrow(yesNo(before), yesNo(after))}`;
  const kind = "provider-transport-changed";
  if (after) return [{ kind, effect: "safe", message }];
  return [{ kind, effect: "widening", message: `${message}, so the cost of streams may be unknown` }];
}

function yesNo(value: boolean): string {
  return value ? "yes" : "no";
}
