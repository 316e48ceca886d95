import { join } from "node:path";
import type { AdminParts } from "../../../src/admin/admin-parts.ts";
import type { Member } from "../../../src/admin/identity/member.ts";
import type { Role } from "../../../src/admin/permissions.ts";
import type {
  Artifact,
  ArtifactApp,
  ArtifactEndpoint,
  ArtifactKey,
  ArtifactService,
  ArtifactTenant,
} from "../../../src/artifact/artifact.ts";
import { createOutbox } from "../../../src/notify/outbox.ts";
import type { NotifySettings } from "../../../src/notify/settings.ts";
import type { Overlay } from "../../../src/overlay/overlay.ts";
import type { NamedReach, OverlayView } from "../../../src/overlay/overlay-view.ts";
import type { RecordStore, StoredRecord } from "../../../src/stores/record-store.ts";
import type { SubscriptionTerms } from "../../../src/stores/records/subscription-record.ts";
import { openRecords } from "../../../src/stores/sqlite/records/open-records.ts";
import { afterTest } from "../../support/after-test.ts";
import { noSuccession, plainKey, plainService, plainTenant } from "../../support/artifact-defaults.ts";
import { artifactFixture } from "../../support/artifact-fixture.ts";
import { createFixedClock, type FixedClock } from "../../support/fixed-clock.ts";
import { memoryRecords } from "../../support/memory-records.ts";
import { tempFolder } from "../../support/temp-folder.ts";

export const START_MS = Date.UTC(2026, 10, 24, 12);
export const DAY_MS = 86_400_000;

const roles: readonly Role[] = ["owner", "admin", "developer", "billing", "viewer"];
const noPolicy = { limits: [], budget: null };

/** Terms that narrow nothing. */
export const allTerms: SubscriptionTerms = {
  models: null,
  endpoints: null,
  backends: null,
  environments: null,
  requestsPerMinute: null,
};

/** Tenants by id: each has a member of every role, such as `developer@shop.example`. */
export const SHOP = 0;
export const BANK = 1;
export const PLATFORM = 2;

const tenant = (name: string): ArtifactTenant => ({
  name,
  displayName: null,
  members: roles.map((role) => [`${role}@${name}.example`, role]),
  ...plainTenant,
  ...noPolicy,
});

const app = (name: string, owner: number, uses: number[] = []): ArtifactApp => ({
  tenant: owner,
  name,
  summary: null,
  uses,
  grant: 0,
  starterKey: false,
  ...noPolicy,
});

const endpoint = (version: string, status: ArtifactEndpoint["status"]): ArtifactEndpoint =>
  ({ name: "sentiment", version, major: Number(version[0]), status, ...noSuccession }) as ArtifactEndpoint;

/** A service of the platform for everybody, which its owners approve. */
export const service = (name: string, change: Partial<ArtifactService> = {}): ArtifactService => ({
  name,
  owner: PLATFORM,
  summary: null,
  docs: null,
  models: [0],
  endpoints: [],
  ...plainService,
  visibleTo: null,
  approval: { mode: "by", roles: ["owner"], quorum: 1, withinMs: null },
  plan: null,
  ...noPolicy,
  ...change,
});

/**
 * Two tenants with clashing names of applications, and the platform that owns the services: `declared` is used by the
 * shop's `checkout`, `texts` offers models `fast` and `slow` and endpoints of every status, `bank-only` is the bank's to
 * see.
 */
export function adminArtifact(services: readonly ArtifactService[] = []): Artifact {
  const base = artifactFixture({ baseUrls: ["http://127.0.0.1:1"], key: "none" });
  const [fast] = base.models;
  const model = (name: string): Artifact["models"][number] => ({
    ...(fast as Artifact["models"][number]),
    name,
  });
  return {
    ...base,
    models: [model("fast"), model("slow"), model("secret")],
    endpoints: [endpoint("1.0.0", "retired"), endpoint("2.0.0", "published"), endpoint("3.0.0", "draft")],
    tenants: [tenant("shop"), tenant("bank"), tenant("platform")],
    apps: [app("checkout", SHOP, [0]), app("checkout", BANK), app("search", SHOP), app("own", PLATFORM)],
    services: [
      service("declared"),
      service("texts", { models: [0, 1], endpoints: [0, 1, 2] }),
      service("bank-only", { models: [2], visibleTo: [BANK, PLATFORM] }),
      ...services,
    ],
    keys: [declaredKey()],
  };
}

const declaredKey = (): ArtifactKey => ({
  app: 0,
  name: "production",
  digest: `sha256:${"0".repeat(64)}`,
  expiresAtMs: null,
  grant: 0,
  ...plainKey,
  networks: null,
  ...noPolicy,
});

/** The administration over real records, at a clock that stands. */
export interface AdminFixture {
  readonly parts: AdminParts;
  readonly clock: FixedClock;
  /** As if another artifact came into force. */
  readonly deploy: (change: (artifact: Artifact) => Artifact) => void;
  /** Everything that was put into the outbox, oldest first, as `event → address`. */
  readonly told: () => Promise<readonly string[]>;
}

/** What a fixture is made with. */
export interface AdminFixtureOptions {
  readonly services?: readonly ArtifactService[];
  /** `memory` where a test makes very many of them; both pass the same suite. */
  readonly records?: "sqlite" | "memory";
}

/** Makes one. */
export function createAdminFixture({ services, records: kind }: AdminFixtureOptions = {}): AdminFixture {
  let artifact = adminArtifact(services);
  const clock = createFixedClock(START_MS);
  const records = kind === "memory" ? memoryRecords(clock.now) : sqliteRecords(clock);
  const settings: NotifySettings = { publicUrl: null, webhooks: [], smtp: mailServer };
  const parts: AdminParts = {
    records,
    clock,
    logger: silentLogger,
    artifact: () => ({ artifact, hash: "a".repeat(64) }),
    overlay: () => plainOverlay as Overlay,
    applied: async () => {},
    outbox: createOutbox({ settings: () => settings, clock }),
  };
  const told = async (): Promise<readonly string[]> => {
    const { records: all } = await records.list({ kind: "delivery", order: "oldest", limit: 1_000 });
    return all.map(({ body }: StoredRecord<"delivery">) => `${body.event} → ${body.to}`);
  };
  return {
    parts,
    clock,
    deploy(change) {
      artifact = change(artifact);
    },
    told,
  };
}

/** Opens what is named, or the service's name. */
const plainOverlay: OverlayView = {
  reach: () => nothing,
  opens: (_, name, { models }) => ({ ...nothing, models: models ?? [name] }),
  opensByItself: (_, name, { models }) => ({ ...nothing, models: models ?? [name] }),
};

const nothing: NamedReach = { models: [], endpoints: [], backends: [] };

const mailServer: NotifySettings["smtp"] = {
  host: "mail.example",
  port: 465,
  secure: "tls",
  user: null,
  password: null,
  from: "latchkey@example.com",
};

function sqliteRecords(clock: FixedClock): RecordStore {
  const records = openRecords(join(tempFolder(), "records.sqlite"), clock);
  afterTest(() => records.close());
  return records;
}

const silentLogger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
} as unknown as AdminParts["logger"];

/** A member of a tenant with a role. */
export function memberOf(tenantName: string, role: Role, name: string = role): Member {
  return {
    address: `${name}@${tenantName}.example`,
    name,
    means: "session",
    groups: [],
    credential: null,
    csrf: null,
    roles: new Map([[tenantName, new Set([role])]]),
    isOperator: false,
    permissions: null,
  };
}

/** An operator of the platform. */
export function operator(): Member {
  return { ...memberOf("nowhere", "viewer", "root"), roles: new Map(), isOperator: true };
}

/** What an error says of itself; fails where the call succeeds. */
export async function refusalOf(
  call: () => unknown,
): Promise<{ readonly code: unknown; readonly param: unknown; readonly message: string }> {
  try {
    await call();
  } catch (error) {
    const { code, param, message } = error as { code?: unknown; param?: unknown; message: string };
    if (code === undefined) throw error;
    return { code, param, message };
  }
  throw new Error("The call succeeded.");
}
