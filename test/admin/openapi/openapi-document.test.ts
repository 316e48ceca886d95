import { describe, expect, test } from "bun:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { z } from "zod";
import { operation } from "../../../src/admin/contract/operation.ts";
import { openApiDocument } from "../../../src/admin/openapi/openapi-document.ts";
import { canonicalJson, type Json, type JsonObject } from "../../../src/kernel/json.ts";
import { createEngineFixture } from "../engine/support/engine-fixture.ts";
import { sampleOperations } from "../engine/support/sample-operations.ts";

const samples = sampleOperations().operations.map((bound) => bound.operation);

/** A member at a path of a document. */
function at(document: JsonObject, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, name) => (value as JsonObject | undefined)?.[name], document);
}

/** Every reference in a document. */
function referencesIn(value: Json | undefined): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === "$ref" ? [String(member)] : referencesIn(member),
  );
}

function danglingIn(document: JsonObject): readonly string[] {
  return referencesIn(document).filter(
    (reference) => at(document, ...reference.replace("#/", "").split("/")) === undefined,
  );
}

async function problemsOf(document: JsonObject): Promise<unknown> {
  const result = await new Validator().validate(structuredClone(document));
  return result.valid ? [] : result.errors;
}

describe("the OpenAPI document", () => {
  const document = openApiDocument(samples);

  test("is valid OpenAPI 3.1", async () => {
    expect(await problemsOf(document)).toEqual([]);
    expect(danglingIn(document)).toEqual([]);
  });

  test("the validator sees a mistake", async () => {
    expect(await problemsOf({ ...document, paths: { "no-slash": 3 } })).not.toEqual([]);
  });

  test("names every operation once, with its tag, permission and statuses", () => {
    for (const { name, method, path, permission, status, scope, affectsCalls } of samples) {
      const described = at(document, "paths", path, method.toLowerCase()) as JsonObject;
      expect(described["operationId"]).toBe(name);
      expect(described["tags"]).toEqual([name.split(".")[0] ?? ""]);
      expect(described["x-latchkey"]).toEqual({ permission, scope, affectsCalls });
      const statuses = Object.keys(described["responses"] as JsonObject);
      expect(statuses).toEqual(expect.arrayContaining([String(status), "400", "401", "403", "404", "500"]));
    }
  });

  test("describes parameters, bodies and answers", () => {
    const list = at(document, "paths", "/tenants/{tenant}/notes", "get") as JsonObject;
    expect(list["parameters"]).toEqual([
      { name: "tenant", in: "path", required: true, schema: { type: "string" } },
      {
        name: "limit",
        in: "query",
        required: false,
        schema: { type: "integer", minimum: 1, maximum: 200, default: 50 },
      },
      expect.objectContaining({ name: "tag", in: "query", style: "form", explode: true }),
      { name: "open", in: "query", required: false, schema: { type: "boolean" } },
      { name: "state", in: "query", required: false, schema: { type: "string", enum: ["new", "old"] } },
      { $ref: "#/components/parameters/IfNoneMatch" },
    ]);
    const create = at(document, "paths", "/tenants/{tenant}/notes", "post") as JsonObject;
    expect(at(create, "requestBody", "required")).toBe(true);
    expect(at(create, "requestBody", "content", "application/json", "schema", "properties", "title")).toEqual(
      { type: "string", minLength: 1, maxLength: 100 },
    );
    expect(create["description"]).toContain("shown once");
    expect(create["security"]).toEqual([{ accessToken: [] }, { session: [], csrf: [] }]);
    const update = at(document, "paths", "/tenants/{tenant}/notes/{note}", "patch") as JsonObject;
    expect(at(update, "requestBody", "required")).toBe(false);
    const remove = at(document, "paths", "/tenants/{tenant}/notes/{note}", "delete") as JsonObject;
    expect(at(remove, "responses", "204", "content")).toBeUndefined();
    expect(remove["requestBody"]).toBeUndefined();
  });

  test("depends on the operations alone, and not on their order", () => {
    const other = openApiDocument(
      sampleOperations()
        .operations.toReversed()
        .map((bound) => bound.operation),
    );
    expect(JSON.stringify(other)).toBe(JSON.stringify(document));
  });

  test("keeps schemas that have a name, or refer to themselves, in one place", async () => {
    const tree = z.object({
      name: z.string(),
      get children() {
        return z.array(tree);
      },
    });
    const named = z.object({ id: z.string() }).meta({ id: "SampleNamed" });
    const [first] = samples;
    const operations = [
      operation({
        ...(first as (typeof samples)[number]),
        name: "tree.get",
        path: "/tree",
        output: tree,
      }),
      operation({
        ...(first as (typeof samples)[number]),
        name: "trees.list",
        path: "/trees",
        output: z.object({ items: z.array(tree), one: named, other: named }),
      }),
      operation({ ...(first as (typeof samples)[number]), name: "named.get", path: "/named", output: named }),
    ];
    const made = openApiDocument(operations);
    expect(danglingIn(made)).toEqual([]);
    expect(referencesIn(made)).toContain("#/components/schemas/SampleNamed");
    expect(await problemsOf(made)).toEqual([]);
  });

  test("is answered to who is signed in, itself included", async () => {
    const { ask } = createEngineFixture();
    const reply = await ask("bob@example.com", { method: "GET", target: "/admin/v1/openapi.json" });
    expect(reply.status).toBe(200);
    const answered = JSON.parse(reply.body) as JsonObject;
    expect(at(answered, "paths", "/openapi.json", "get", "operationId")).toBe("openapi.get");
    const { paths, ...rest } = answered;
    const { "/openapi.json": _, ...others } = paths as JsonObject;
    expect(canonicalJson(others)).toBe(canonicalJson(document["paths"]));
    expect(await problemsOf({ ...rest, paths: paths as JsonObject })).toEqual([]);
  });
});
