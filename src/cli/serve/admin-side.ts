import type { AdminParts } from "../../admin/admin-parts.ts";
import { createAdmin } from "../../admin/engine/create-admin.ts";
import { createIdentity } from "../../admin/identity/identity.ts";
import type { IdentityReply, IdentityRequest } from "../../admin/identity/identity-http.ts";
import type { IdentityParts } from "../../admin/identity/identity-parts.ts";
import { createOutboundCall } from "../../admin/identity/oidc/outbound-call.ts";
import { identitySettingsOf } from "../../admin/identity/settings-of.ts";
import { notifySettingsOf } from "../../admin/notify-settings-of.ts";
import { boundOperations } from "../../admin/operations/index.ts";
import { answerPortalPath, isPortalPath } from "../../admin/portal-paths.ts";
import { followOwners } from "../../admin/subscriptions/follow-owners.ts";
import type { StoredArtifact } from "../../artifact/artifact.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { SecretResolver } from "../../kernel/secret.ts";
import { createOutbox } from "../../notify/outbox.ts";
import type { Overlay } from "../../overlay/overlay.ts";
import { serveAdmin } from "../../server/admin/serve-admin.ts";
import type { RecordStore } from "../../stores/record-store.ts";
import type { Logger } from "../../telemetry/logger.ts";
import { type AdminJobs, startAdminJobs } from "./admin-jobs.ts";

/** What the admin side of a gateway stands on. */
export interface AdminSideOptions {
  readonly records: RecordStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly secrets: SecretResolver;
  /** The artifact in force, once there is one. */
  readonly artifact: () => Pick<StoredArtifact, "artifact" | "hash">;
  readonly overlay: () => Overlay;
  readonly applied: () => Promise<void>;
}

/** What people decide, beside the calls: the main thread's part. */
export interface AdminSide {
  /** A port over which one serving thread asks; see `serveAdmin`. */
  readonly connect: () => MessagePort;
  /** Takes note that an artifact is in force in the place of another one; from the first one on time does its part. */
  readonly deployed: (before: string | undefined) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Puts the admin side together. */
export function createAdminSide(options: AdminSideOptions): AdminSide {
  const { secrets, ...given } = options;
  const { records, clock, artifact } = options;
  const inForce = () => artifact().artifact;
  const settings = () => identitySettingsOf(artifact());
  const outbox = createOutbox({ settings: () => notifySettingsOf(inForce()), clock });
  const parts: AdminParts = { ...given, outbox };
  const identityParts: IdentityParts = { records, clock, secrets, settings, call: createOutboundCall() };
  const identity = createIdentity(identityParts);
  const admin = createAdmin({ parts, identity, operations: boundOperations });
  let jobs: AdminJobs | undefined;
  const handle = async (request: IdentityRequest): Promise<IdentityReply> => {
    if (isPortalPath(request.path)) return answerPortalPath({ parts, identity, settings }, request);
    const reply = await admin.handle(request);
    if (request.method !== "GET") jobs?.wake();
    return reply;
  };
  const ports: MessagePort[] = [];
  return {
    connect() {
      const { port1, port2 } = new MessageChannel();
      serveAdmin(port1, handle);
      ports.push(port1);
      return port2;
    },
    async deployed(before) {
      await noteDeploy(parts, before);
      await followOwners(parts);
      jobs ??= startAdminJobs(parts, identityParts, secrets);
    },
    async stop() {
      for (const port of ports) port.close();
      await jobs?.stop();
    },
  };
}

/** Writes a new artifact into the audit log; one that was in force before the gateway was started again is none. */
async function noteDeploy({ records, artifact }: AdminParts, before: string | undefined): Promise<void> {
  const { hash } = artifact();
  const [last] = await records.listAudit({ action: "artifact.serve", limit: 1 });
  const known = before ?? (typeof last?.after?.["hash"] === "string" ? last.after["hash"] : undefined);
  if (known === hash) return;
  const [allowed] = await records.listAudit({
    ...{ action: "artifact.allow", subject: `artifact:${hash}`, limit: 1 },
  });
  // What was let pass stands with the deploy that brought it, and with whoever let it pass.
  const letPass =
    allowed === undefined
      ? {}
      : { allowed: { ...allowed.after, by: allowed.actor.id, atMs: allowed.timeMs } };
  await records.transact((transaction) =>
    transaction.audit({
      actor: { kind: "deploy", id: hash, address: null },
      tenant: null,
      action: "artifact.serve",
      subject: `artifact:${hash}`,
      before: known === undefined ? null : { hash: known },
      after: { hash, ...letPass },
      artifact: hash,
    }),
  );
}
