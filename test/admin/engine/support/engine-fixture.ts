import type { AdminParts } from "../../../../src/admin/admin-parts.ts";
import { createAdmin } from "../../../../src/admin/engine/create-admin.ts";
import { createAccessToken } from "../../../../src/admin/identity/access-tokens.ts";
import type { IdentityReply } from "../../../../src/admin/identity/identity-http.ts";
import type { BoundOperation } from "../../../../src/admin/operations/bound-operation.ts";
import type { Permission } from "../../../../src/admin/permissions.ts";
import {
  createIdentityFixture,
  type IdentityFixture,
  identityRequest,
  signInAs,
} from "../../../support/identity-fixture.ts";
import { createAdminFixture } from "../../support/admin-fixture.ts";
import { type SampleOperations, sampleOperations } from "./sample-operations.ts";

/** A line of the log. */
export interface LogEntry {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A request to the engine. */
export interface Ask {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON with its content type; a text is sent as it is. */
  readonly body?: unknown;
}

/** The admin API over records in memory, with real sign-in. */
export interface EngineFixture {
  readonly identity: IdentityFixture;
  readonly sample: SampleOperations;
  readonly parts: AdminParts;
  readonly log: LogEntry[];
  /** How often the engine has waited for the serving threads. */
  readonly waits: () => number;
  /** What waiting for them does. */
  onApplied: () => Promise<void>;
  /** Asks as the bearer of a member's access token; null: as nobody. */
  readonly ask: (member: string | null, request: Ask) => Promise<IdentityReply>;
  /** A member's access token, perhaps a narrow one. */
  readonly token: (member: string, permissions?: readonly Permission[] | null) => Promise<string>;
}

/** Makes one. */
export function createEngineFixture(
  more: readonly BoundOperation[] = [],
  records?: AdminParts["records"],
): EngineFixture {
  const identity = createIdentityFixture();
  const sample = sampleOperations();
  const log: LogEntry[] = [];
  let waits = 0;
  const parts: AdminParts = {
    ...createAdminFixture({ records: "memory" }).parts,
    records: records ?? identity.parts.records,
    clock: identity.clock,
    logger: logInto(log),
    applied: () => {
      waits++;
      return fixture.onApplied();
    },
  };
  const admin = createAdmin({
    parts,
    identity: identity.identity,
    operations: [...sample.operations, ...more],
  });
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (member: string): Promise<string> => {
    const known = tokens.get(member) ?? makeToken(identity, member, null);
    tokens.set(member, known);
    return known;
  };
  const fixture: EngineFixture = {
    identity,
    sample,
    parts,
    log,
    waits: () => waits,
    onApplied: async () => {},
    token: (member, permissions = null) => makeToken(identity, member, permissions),
    async ask(member, { method, target, headers = {}, body }) {
      const credential = member === null ? {} : { authorization: `Bearer ${await tokenOf(member)}` };
      const type =
        body === undefined || typeof body === "string" ? {} : { "content-type": "application/json" };
      const text = typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body);
      return admin.handle(identityRequest(method, target, { ...credential, ...type, ...headers }, text));
    },
  };
  return fixture;
}

async function makeToken(
  fixture: IdentityFixture,
  member: string,
  permissions: readonly Permission[] | null,
): Promise<string> {
  const { cookie } = await signInAs(fixture, member);
  const maker = await fixture.identity.authenticate(identityRequest("GET", "/admin/v1/me", { cookie }));
  const wanted = { name: "test", permissions, expiresAtMs: null };
  return (await createAccessToken(fixture.parts, maker, wanted, null)).text;
}

function logInto(log: LogEntry[]): AdminParts["logger"] {
  const at =
    (level: LogEntry["level"]) =>
    (event: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      log.push({ level, event, fields });
    };
  const logger: AdminParts["logger"] = {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: () => logger,
  };
  return logger;
}

/** The error that a reply tells. */
export function errorOf({ body }: IdentityReply): {
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
  readonly help: string;
} {
  return (JSON.parse(body) as { readonly error: ReturnType<typeof errorOf> }).error;
}
