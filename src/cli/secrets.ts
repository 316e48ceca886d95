import type { Artifact } from "../artifact/artifact.ts";
import { secretsOfProvider } from "../artifact/provider-secrets.ts";
import { describeSecret, type SecretRef, type SecretResolver } from "../kernel/secret.ts";

/** A part of the gateway that needs secrets. */
export interface SecretUser {
  readonly kind: "provider" | "backend" | "sign-in" | "webhook" | "mail server";
  /** Name in the config; host of the mail server. */
  readonly name: string;
  /** What is so without them, after the part's name. */
  readonly without: string;
  readonly secrets: readonly SecretRef[];
}

/** A part that is off, since its secrets are not all there. */
export interface LackingPart extends SecretUser {
  readonly missing: readonly SecretRef[];
}

/** Every part of a gateway that refers to secrets. */
function secretUsers(artifact: Artifact): readonly SecretUser[] {
  const { signIn, webhooks, smtp } = artifact.settings;
  const inHeaders = (headers: readonly (readonly [string, string | SecretRef])[]): readonly SecretRef[] =>
    headers.flatMap(([, value]) => (typeof value === "string" ? [] : [value]));
  return [
    ...artifact.providers.map(
      (provider): SecretUser => ({
        kind: "provider",
        name: provider.name,
        without: "is skipped",
        secrets: secretsOfProvider(provider),
      }),
    ),
    ...artifact.backends.map(
      ({ name, version, auth, requestHeaders }): SecretUser => ({
        kind: "backend",
        name: `${name}@${version}`,
        without: "is not served",
        secrets: [...secretsOfProvider({ auth, headers: [] }), ...inHeaders(requestHeaders.set)],
      }),
    ),
    ...signIn.oidc.map(
      ({ name, clientSecret }): SecretUser => ({
        kind: "sign-in",
        name,
        without: "is off",
        secrets: [clientSecret],
      }),
    ),
    ...webhooks.map(
      ({ name, secret }): SecretUser => ({
        kind: "webhook",
        name,
        without: "gets nothing: its messages wait and then fail",
        secrets: [secret],
      }),
    ),
    ...(smtp === null
      ? []
      : [
          {
            kind: "mail server",
            name: smtp.host,
            without: "is not asked: mail waits and then fails",
            secrets: [smtp.user, smtp.password].filter((ref) => ref !== null),
          } as const,
        ]),
  ];
}

/** Parts that are off, with the secrets that they lack. */
export function lackingParts(artifact: Artifact, resolve: SecretResolver): readonly LackingPart[] {
  return secretUsers(artifact).flatMap((user) => {
    const missing = user.secrets.filter((ref) => isMissing(ref, resolve));
    return missing.length === 0 ? [] : [{ ...user, missing }];
  });
}

/** What only the main thread finds to be off, as serving threads say it of providers and backends. */
export function skippedBeside(artifact: Artifact, resolve: SecretResolver): readonly string[] {
  return lackingParts(artifact, resolve)
    .filter(({ kind }) => kind !== "provider" && kind !== "backend")
    .map(
      ({ kind, name, missing }) => `${kind} ${name}: ${missing.map(describeSecret).join(", ")} is missing`,
    );
}

/** A secret with the parts that need it. */
export interface UsedSecret {
  readonly ref: SecretRef;
  readonly users: readonly SecretUser[];
}

/** All secrets that an artifact refers to, each once. */
export function secretsOfArtifact(artifact: Artifact): readonly UsedSecret[] {
  const all = secretUsers(artifact).flatMap((user) => user.secrets.map((ref) => ({ ref, user })));
  return [...Map.groupBy(all, ({ ref }) => describeSecret(ref)).values()].flatMap((uses) => {
    const [first] = uses;
    if (first === undefined) return [];
    return [{ ref: first.ref, users: [...new Set(uses.map(({ user }) => user))] }];
  });
}

/** Whether a secret is not there; one of spaces alone is none. */
export function isMissing(ref: SecretRef, resolve: SecretResolver): boolean {
  return (resolve(ref) ?? "").trim() === "";
}

/** How a person sets a secret. */
export function howToSet(ref: SecretRef): string {
  return ref.source === "env"
    ? `set it with \`export ${ref.name}=…\` (or a line in .env) and start again`
    : `write it to the file ${ref.name}`;
}
