import { describe, expect, test } from "bun:test";
import { z } from "zod";
import type { Operation } from "../../../src/admin/contract/operation.ts";
import { adminOperations } from "../../../src/admin/contract.ts";
import { memberOf, operator, refusalOf } from "../support/admin-fixture.ts";
import { createOperationFixture, type Request } from "./support/operation-fixture.ts";
import { samples } from "./support/samples.ts";

const operations: readonly Operation[] = adminOperations;

/** Names of nothing, each shaped like what it stands for; and of what belongs to the bank, where there is such a thing. */
const unknown = "nothing-of-this-name";
const banks: Readonly<Record<string, string>> = {
  service: "bank-own",
  services: "bank-own",
  key: "bank/checkout/x",
};

/** Members by which requests name things. Filters of lists are none: of what is not there, they find nothing. */
const referring = [
  "app",
  "service",
  "key",
  "thing",
  "services",
  "models",
  "endpoints",
  "backends",
  "permissions",
];

interface Reference {
  readonly operation: string;
  readonly part: "params" | "query" | "body";
  readonly path: readonly string[];
  readonly isList: boolean;
}

interface Field {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Field>>;
  readonly anyOf?: readonly Field[];
}

function fieldsIn(
  field: Field,
  path: readonly string[] = [],
): readonly { path: readonly string[]; isList: boolean }[] {
  const options = [field, ...(field.anyOf ?? [])];
  const inner = options.flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([name, value]) => fieldsIn(value, [...path, name])),
  );
  const isList = options.some(({ type }) => type === "array");
  return referring.includes(path.at(-1) ?? "") ? [{ path, isList }, ...inner] : inner;
}

const references: readonly Reference[] = operations.flatMap(({ name: operation, params, query, body }) => [
  ...Object.keys(params.shape).map(
    (param): Reference => ({ operation, part: "params", path: [param], isList: false }),
  ),
  ...("limit" in query.shape
    ? []
    : fieldsIn(z.toJSONSchema(query) as Field).map(
        (field): Reference => ({ operation, part: "query", ...field }),
      )),
  ...(body === null
    ? []
    : fieldsIn(z.toJSONSchema(body, { io: "input" }) as Field).map(
        (field): Reference => ({ operation, part: "body", ...field }),
      )),
]);

function withName(request: Request, { part, path, isList }: Reference, name: string): Request {
  const copy = structuredClone({ params: {}, query: {}, body: {}, ...request }) as Record<string, unknown>;
  let at = Object(copy[part]) as object;
  for (const step of path.slice(0, -1)) {
    if (!Reflect.has(at, step)) Reflect.set(at, step, {});
    at = Reflect.get(at, step) as object;
  }
  Reflect.set(at, path.at(-1) ?? "", isList ? [name] : name);
  return copy;
}

describe("a name of nothing", () => {
  test("there are names in every part of requests", () => {
    const found = references.map(({ operation, path }) => `${operation} ${path.join(".")}`);
    expect(found).toContain("keys.create app");
    expect(found).toContain("keys.create scope.models");
    expect(found).toContain("approvals.approve terms.endpoints");
    expect(found).toContain("access.why thing");
    expect(references.length).toBeGreaterThan(70);
  });

  test.each(
    references.map((reference) => [`${reference.operation} ${reference.path.join(".")}`, reference] as const),
  )("%s: is told by the name of the field", async (_, reference) => {
    const { operation: name, path, isList, part } = reference;
    const fixture = createOperationFixture();
    const operation = operations.find((one) => one.name === name);
    const side = samples[name]?.tenant ?? "shop";
    const member =
      operation?.scope === "platform" || (part === "params" && path[0] === "tenant")
        ? operator()
        : memberOf(side, "owner");
    const request = (await samples[name]?.make(fixture, member)) ?? {};
    const refusals = [];
    for (const wrong of new Set([unknown, banks[path.at(-1) ?? ""] ?? unknown])) {
      refusals.push(await refusalOf(() => fixture.run(name, member, withName(request, reference, wrong))));
    }
    const param = `${path.join(".")}${isList ? "[0]" : ""}`;
    for (const refusal of refusals) {
      expect(["LK-2020", "LK-2102"]).toContain(refusal.code as string);
      expect(refusal.param).toBe(param);
      // Another tenant's is told like what is not there.
      expect(refusal).toEqual(refusals[0] as typeof refusal);
    }
  });
});
