import type { Artifact, ArtifactSettings } from "../../artifact/artifact.ts";
import { formatDuration } from "../../kernel/duration.ts";
import { about, type Finding, type Statement } from "./finding.ts";
import { isSame, matchNames, matchRows } from "./match.ts";
import { arrow, namesText } from "./words.ts";

/** What changes in who may sign in, whose word is believed and how messages leave. */
export function diffIdentity(
  { settings: old }: Artifact,
  { settings: current }: Artifact,
): readonly Statement[] {
  return [
    ...diffList("operator", old.operators, current.operators),
    ...diffList("trusted proxy", old.trustedProxies, current.trustedProxies),
    ...diffSignIn(old, current),
    ...diffText("public address", old.publicUrl, current.publicUrl),
    ...(isSame(old.smtp, current.smtp) ? [] : [mailChanged(old, current)]),
  ];
}

function diffList(noun: string, before: readonly string[], after: readonly string[]): readonly Statement[] {
  const { added, removed } = matchNames(before, after);
  const kind = noun.replace(" ", "-");
  const gained = {
    kind: `${kind}-added`,
    effect: "widening",
    message: `now ${namesText(noun, added)}`,
  } as const;
  const lost = {
    kind: `${kind}-removed`,
    effect: "safe",
    message: `no longer ${namesText(noun, removed)}`,
  } as const;
  return [...(added.length === 0 ? [] : [gained]), ...(removed.length === 0 ? [] : [lost])];
}

function diffSignIn(
  { signIn: old }: ArtifactSettings,
  { signIn: current }: ArtifactSettings,
): readonly Statement[] {
  const named = ({ oidc }: ArtifactSettings["signIn"]) => new Map(oidc.map((row) => [row.name, row]));
  const { added, removed, kept } = matchRows(named(old), named(current));
  const say = (message: string, isWider: boolean): Statement => ({
    kind: "sign-in-changed",
    effect: isWider ? "widening" : "safe",
    message,
  });
  return [
    ...added.map(([name, { issuer }]) => say(`people may sign in by ${name}, ${issuer}`, true)),
    ...removed.map(([name]) => say(`nobody signs in by ${name} any more`, false)),
    ...kept
      .filter(([, was, is]) => !isSame(was, is))
      .map(([name]) => say(`the identity provider ${name} is asked differently`, true)),
    ...(old.link === current.link
      ? []
      : [say(current.link ? "links sign people in" : "links sign nobody in any more", current.link)]),
    ...diffTime("session", old.sessionMs, current.sessionMs),
    ...diffTime("idle session", old.idleMs, current.idleMs),
  ];
}

function diffTime(words: string, before: number, after: number): readonly Statement[] {
  if (before === after) return [];
  const message = `${words} ${arrow(formatDuration(before), formatDuration(after))}`;
  return [{ kind: "session-changed", effect: after > before ? "widening" : "safe", message }];
}

function diffText(words: string, before: string | null, after: string | null): readonly Statement[] {
  if (before === after) return [];
  const message = `${words} ${arrow(before ?? "none", after ?? "none")}`;
  return [{ kind: "setting-changed", effect: "safe", message }];
}

function mailChanged({ smtp: before }: ArtifactSettings, { smtp: after }: ArtifactSettings): Statement {
  const text = (smtp: typeof before): string => (smtp === null ? "none" : `${smtp.host}:${smtp.port}`);
  const message =
    text(before) === text(after)
      ? "e-mail is sent differently"
      : `e-mail by ${arrow(text(before), text(after))}`;
  return { kind: "email-changed", effect: after === null ? "safe" : "widening", message };
}

/** What changes in who is told of events. */
export function diffWebhooks(before: Artifact, after: Artifact): readonly Finding[] {
  const { added, removed, kept } = matchRows(namedWebhooks(before), namedWebhooks(after));
  return [
    ...added.flatMap(([name, { events, tenant }]) => {
      const whose = tenant === null ? "" : ` of the tenant ${tenant}`;
      const message = `added, told of ${events.join(", ")}${whose}`;
      return about("webhook", [name], [{ kind: "webhook-added", effect: "widening", message }]);
    }),
    ...removed.flatMap(([name]) =>
      about("webhook", [name], [{ kind: "webhook-removed", effect: "safe", message: "removed" }]),
    ),
    ...kept
      .filter(([, old, current]) => !isSame(old, current))
      .flatMap(([name]) => {
        const message = "goes elsewhere, or is told of other events";
        return about("webhook", [name], [{ kind: "webhook-changed", effect: "widening", message }]);
      }),
  ];
}

function namedWebhooks({ settings, tenants }: Artifact) {
  return new Map(
    settings.webhooks.map(({ name, events, tenant, ...row }) => [
      name,
      {
        ...row,
        name,
        events: events.toSorted(),
        tenant: tenant === null ? null : (tenants[tenant]?.name ?? null),
      },
    ]),
  );
}
