import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Operation } from "../../../src/admin/contract/operation.ts";
import { adminOperations } from "../../../src/admin/contract.ts";
import type { Member } from "../../../src/admin/identity/member.ts";
import { memberOf } from "../support/admin-fixture.ts";
import { createOperationFixture, type OperationFixture, type Request } from "./support/operation-fixture.ts";

/** What stands in everything that a tenant writes. */
const marks = { shop: "zebra", bank: "walrus" } as const;
type Tenant = keyof typeof marks;
const tenants = ["shop", "bank"] as const;

const member = (tenant: Tenant): Member => memberOf(tenant, "owner", `${marks[tenant]}-owner`);

/** One thing that a tenant does. Numbers choose among the ids that either has been given so far. */
interface Step {
  readonly tenant: Tenant;
  readonly name: string;
  readonly choice: number;
  readonly own: boolean;
  readonly ownPath: boolean;
}

const reads: readonly Operation[] = adminOperations.filter(
  ({ method, scope }) => method === "GET" && scope !== "platform",
);
const names: readonly string[] = adminOperations
  .filter(({ scope }) => scope !== "platform")
  .map(({ name }) => name);

const steps = fc.array(
  fc.record<Step>({
    tenant: fc.constantFrom(...tenants),
    name: fc.oneof(
      fc.constantFrom("keys.create", "subscriptions.request", "tokens.create", "approvals.approve"),
      fc.constantFrom(...names),
    ),
    choice: fc.nat(50),
    own: fc.boolean(),
    ownPath: fc.boolean(),
  }),
  { minLength: 5, maxLength: 25 },
);

const other = (tenant: Tenant): Tenant => (tenant === "shop" ? "bank" : "shop");

/** A request of a tenant: words with its mark, and ids that may be the other's. */
function requestOf({ tenant, name, choice, own, ownPath }: Step, ids: Ids): Request {
  const mark = marks[tenant];
  const known = ids[own ? tenant : other(tenant)];
  const id = known[choice % Math.max(known.length, 1)] ?? `${other(tenant)}/checkout/production`;
  const path = ownPath ? tenant : other(tenant);
  const service = ["probe", "choosy", `${other(tenant)}-own`, "texts"][choice % 4] ?? "";
  const app = choice % 2 === 0 ? "checkout" : "search";
  const bodies: Readonly<Record<string, object>> = {
    "keys.create": { app, name: `${mark} key`, environment: "live" },
    "keys.update": { name: `${mark} name` },
    "keys.rotate": { overlapMs: 1_000 },
    "keys.revoke": { reason: `${mark} reason` },
    "keys.inspect": { key: id },
    "subscriptions.request": { app, service, purpose: `${mark} purpose` },
    "subscriptions.preview": { app, service },
    "subscriptions.cancel": { reason: `${mark} reason` },
    "approvals.reject": { reason: `${mark} reason` },
    "approvals.revoke": { reason: `${mark} reason` },
    "tokens.create": { name: `${mark} token` },
  };
  const wanted: Readonly<Record<string, string>> = { tenant: path, id, app, service };
  const { params, query } = adminOperations.find((operation) => operation.name === name) as Operation;
  const given = Object.keys(params.shape).map((parameter) => [parameter, wanted[parameter] ?? ""]);
  const isWhy = "thing" in query.shape && "key" in query.shape && !("limit" in query.shape);
  return {
    params: Object.fromEntries(given),
    query: isWhy ? { key: id, thing: "fast" } : {},
    body: bodies[name] ?? {},
  };
}

type Ids = Record<Tenant, string[]>;

/** Ids and texts that an answer gives to those who asked. */
function idsIn(answer: unknown): readonly string[] {
  return [...JSON.stringify(answer ?? null).matchAll(/"(?:id|text)":"([^"]+)"/g)].flatMap(
    ([, id]) => id ?? [],
  );
}

interface Outcome {
  readonly answer: unknown;
  readonly refusal: string | null;
}

async function outcomeOf({ run }: OperationFixture, step: Step, request: Request): Promise<Outcome> {
  try {
    return { answer: await run(step.name, member(step.tenant), request), refusal: null };
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string };
    // A request that its schema refuses never reaches an operation.
    if (code === undefined && (error as Error).name !== "ZodError") throw error;
    return { answer: message, refusal: code ?? "LK-2102" };
  }
}

/** Everything that a tenant's owner can read. */
async function allSeenBy({ run }: OperationFixture, tenant: Tenant, ids: Ids): Promise<string> {
  const answers: unknown[] = [];
  for (const { name } of reads) {
    for (const id of [...ids.shop, ...ids.bank].slice(0, 6)) {
      const step = { tenant, name, choice: 0, own: true, ownPath: true };
      const request = requestOf(step, { shop: [id], bank: [id] });
      answers.push(await run(name, member(tenant), request).catch(() => null));
    }
  }
  return JSON.stringify(answers);
}

describe("two tenants with clashing names", () => {
  test("never see anything of each other, whatever they do", async () => {
    let done = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const fixture = createOperationFixture();
        const ids: Ids = { shop: [], bank: [] };
        for (const step of all) {
          const { answer, refusal } = await outcomeOf(fixture, step, requestOf(step, ids));
          expect(JSON.stringify(answer ?? null)).not.toContain(marks[other(step.tenant)]);
          if (refusal !== null) continue;
          done += 1;
          ids[step.tenant].push(...idsIn(answer).filter((id) => !ids[other(step.tenant)].includes(id)));
        }
        for (const tenant of tenants) {
          expect(await allSeenBy(fixture, tenant, ids)).not.toContain(marks[other(tenant)]);
        }
      }),
      { numRuns: 60 },
    );
    // Otherwise it would show nothing.
    expect(done).toBeGreaterThan(100);
  }, 60_000);

  test("see the same of their own, whatever the other does", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const [quiet, busy] = [createOperationFixture(), createOperationFixture()];
        const seen = async (fixture: OperationFixture, of: readonly Step[]): Promise<readonly string[]> => {
          const ids: Ids = { shop: [], bank: [] };
          const answers: string[] = [];
          for (const step of of) {
            // Ids of the other's are made up, so that both runs ask for the same.
            const mine: Step = { ...step, own: step.tenant === "shop" || step.own };
            const { answer, refusal } = await outcomeOf(fixture, mine, requestOf(mine, ids));
            if (refusal === null) ids[step.tenant].push(...idsIn(answer));
            if (step.tenant === "shop") answers.push(refusal ?? shapeOf(answer));
          }
          return answers;
        };
        const mine = all.filter(({ tenant }) => tenant === "shop");
        expect(await seen(busy, all)).toEqual(await seen(quiet, mine));
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

/** An answer without what is drawn at random. */
function shapeOf(answer: unknown): string {
  const text = JSON.stringify(answer ?? null);
  return text.replaceAll(
    /lkt?_[0-9A-Za-z_]+|(sub|dlv)_[0-9a-f]+|"(id|replaces|replacedBy|subject|key|subscription)":"[^"]*"/g,
    "~",
  );
}
