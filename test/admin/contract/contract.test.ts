import { describe, expect, test } from "bun:test";
import { z } from "zod";
import type { Operation } from "../../../src/admin/contract/operation.ts";
import { adminOperations } from "../../../src/admin/contract.ts";
import { boundOperations } from "../../../src/admin/operations/index.ts";
import { allPermissions, may } from "../../../src/admin/permissions.ts";
import { memberOf } from "../support/admin-fixture.ts";

const operations: readonly Operation[] = adminOperations;
const cases = operations.map((operation) => [operation.name, operation] as const);

const isStrict = (schema: z.ZodType): boolean =>
  z.toJSONSchema(schema, { io: "input" }).additionalProperties === false;

describe("the table of operations", () => {
  test("names each one once, and no method and path mean two", () => {
    const names = operations.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const routes = operations.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, "{}")}`);
    expect(new Set(routes).size).toBe(routes.length);
  });

  test("has a handler for each, and for nothing else", () => {
    const bound = boundOperations.map(({ operation }) => operation);
    expect(bound.length).toBe(operations.length);
    expect(new Set(bound)).toEqual(new Set(operations));
  });

  test("no path is taken for another: where one has a word, none of the same method has a parameter", () => {
    const clashes = operations.flatMap((one) =>
      operations.filter((other) => {
        if (one === other || one.method !== other.method) return false;
        const [words, others] = [one.path.split("/"), other.path.split("/")];
        if (words.length !== others.length) return false;
        return words.every(
          (word, at) => word === others[at] || others[at]?.startsWith("{") || word.startsWith("{"),
        );
      }),
    );
    expect(clashes.map(({ name }) => name)).toEqual([]);
  });
});

describe.each(cases)("%s", (_, operation) => {
  const { name, method, path, permission, scope, summary, params, query, body, output, status } = operation;

  test("is named, placed and summed up as the others are", () => {
    expect(name).toMatch(/^[a-z]+\.[a-z]+[A-Za-z]*$/);
    expect(path).toMatch(/^(\/([a-z-]+|\{[a-z]+\}))+$/);
    expect(summary).toMatch(/^[A-Z].*[^.]$/);
    expect(path.startsWith("/tenants/{tenant}")).toBe(scope === "tenant");
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
    expect(Object.keys(params.shape)).toEqual(named as string[]);
  });

  test("asks for a permission that its scope can give", () => {
    expect(allPermissions).toContain(permission);
    const owner = memberOf("shop", "owner");
    if (scope === "tenant") expect(may(owner, permission, "shop")).toBe(true);
    expect(may(owner, permission, null)).toBe(scope === "self");
  });

  test("takes nothing that it does not name", () => {
    for (const schema of [params, query, ...(body === null ? [] : [body])])
      expect(isStrict(schema)).toBe(true);
    if (method === "GET" || method === "DELETE") expect(body).toBeNull();
  });

  test("answers what it declares, and a list in pages", () => {
    expect(output === null).toBe(status === 204);
    if (output === null) return;
    expect(isStrict(output)).toBe(true);
    const properties = Object.keys(z.toJSONSchema(output, { io: "output" }).properties ?? {});
    const isList = properties.join() === "items,next";
    expect(Object.keys(query.shape).includes("cursor")).toBe(isList);
    expect(Object.keys(query.shape).includes("limit")).toBe(isList);
  });
});
