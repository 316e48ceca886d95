import type { AdminParts } from "../../../../src/admin/admin-parts.ts";
import { createAdmit } from "../../../../src/admin/engine/admit.ts";
import type { Member } from "../../../../src/admin/identity/member.ts";
import { boundOperations } from "../../../../src/admin/operations/index.ts";
import type { Artifact, ArtifactEndpoint, ArtifactService } from "../../../../src/artifact/artifact.ts";
import { loadDecisions } from "../../../../src/overlay/load-decisions.ts";
import { Overlay } from "../../../../src/overlay/overlay.ts";
import { noSuccession, plainBackend } from "../../../support/artifact-defaults.ts";
import type { FixedClock } from "../../../support/fixed-clock.ts";
import {
  type AdminFixtureOptions,
  BANK,
  createAdminFixture,
  DAY_MS,
  PLATFORM,
  SHOP,
  service,
} from "../../support/admin-fixture.ts";

/** What a request brings. */
export interface Request {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly version?: number;
}

/** The operations over real records, and over what they put in force. */
export interface OperationFixture {
  readonly parts: AdminParts;
  readonly clock: FixedClock;
  readonly deploy: (change: (artifact: Artifact) => Artifact) => void;
  /** Does what a request asks for as the HTTP side does: its parts are read, its permission is looked for, its answer is checked. */
  readonly run: <T = unknown>(name: string, member: Member, request?: Request) => Promise<T>;
}

const everyRole = ["owner", "admin", "developer", "billing", "viewer"] as const;

/** Services beside those of `adminArtifact`: one that everybody decides, and one that each of two tenants keeps to itself. */
export const ownServices: readonly ArtifactService[] = [
  service("probe", {
    approval: { mode: "by", roles: [...everyRole], quorum: 1, withinMs: null },
    subscriptionMs: 10 * DAY_MS,
    contact: "help@platform.example",
    models: [0],
    endpoints: [0, 1, 2],
    backends: [0, 1],
  }),
  service("shop-own", { owner: SHOP, visibleTo: [SHOP], models: [1], endpoints: [1], backends: [0] }),
  service("bank-own", { owner: BANK, visibleTo: [BANK], models: [1] }),
  service("shop-open", { owner: SHOP, models: [1], approval: { mode: "none" } }),
  service("choosy", {
    owner: PLATFORM,
    approval: {
      mode: "automatic",
      when: { tenants: [BANK], environments: ["test"], requestsPerMinuteUpTo: 60 },
      otherwise: { mode: "by", roles: ["owner", "admin"], quorum: 2, withinMs: 3 * DAY_MS },
    },
  }),
];

const endpoint = (version: string, change: Partial<ArtifactEndpoint>): ArtifactEndpoint => ({
  name: "sentiment",
  version,
  major: Number(version[0]),
  status: "published",
  ...noSuccession,
  summary: `How a text sounds, ${version}`,
  model: 0,
  prompt: { messages: [] } as unknown as ArtifactEndpoint["prompt"],
  input: { type: "object" },
  output: null,
  ...{ checkInput: "in", checkOutput: null, maxOutputTokens: null, temperature: null },
  ...change,
});

/** Fills in what the artifact of the domain's tests leaves out. */
function complete(artifact: Artifact): Artifact {
  return {
    ...artifact,
    endpoints: [
      endpoint("1.0.0", { status: "retired", successor: 1 }),
      endpoint("2.0.0", { status: "deprecated", deprecatedAtMs: 1, sunsetAtMs: 2, successor: 2 }),
      endpoint("3.0.0", { status: "draft" }),
    ],
    routes: [{ method: "POST", path: "/api/sentiment/v2", endpoint: 1 }],
    backends: [
      plainBackend("orders", "http://10.11.12.13:81", { openapi: { openapi: "3.1.0" } }),
      plainBackend("stock", "http://10.11.12.14:81", { status: "draft" }),
    ],
  };
}

/** Makes one. */
export function createOperationFixture(options: AdminFixtureOptions = {}): OperationFixture {
  const fixture = createAdminFixture({ records: "memory", services: ownServices, ...options });
  fixture.deploy(complete);
  let overlay: Overlay | undefined;
  const parts: AdminParts = {
    ...fixture.parts,
    overlay() {
      if (overlay === undefined) throw new Error("nothing is in force yet");
      return overlay;
    },
    async applied() {
      const { decisions } = await loadDecisions(fixture.parts.records);
      overlay = new Overlay(fixture.parts.artifact().artifact, decisions, fixture.clock);
    },
  };
  return {
    parts,
    clock: fixture.clock,
    deploy: fixture.deploy,
    async run<T>(name: string, member: Member, request: Request = {}): Promise<T> {
      await parts.applied();
      return (await runOperation(parts, member, name, request)) as T;
    },
  };
}

async function runOperation(
  parts: AdminParts,
  member: Member,
  name: string,
  { params = {}, query = {}, body = {}, version }: Request,
): Promise<unknown> {
  const bound = boundOperations.find(({ operation }) => operation.name === name);
  if (bound === undefined) throw new Error(`there is no operation ${name}`);
  const { operation, handler } = bound;
  const input = {
    params: operation.params.parse(params),
    query: operation.query.parse(query),
    body: operation.body === null ? null : operation.body.parse(body),
  };
  createAdmit(parts)(member, operation, params["tenant"] ?? null);
  const output: unknown = await handler({ parts, member, address: null, version }, input as never);
  if (operation.output === null) {
    if (output !== null) throw new Error("it answers something where it declares nothing");
    return null;
  }
  const sent: unknown = JSON.parse(JSON.stringify(output));
  return operation.output.parse(sent);
}
