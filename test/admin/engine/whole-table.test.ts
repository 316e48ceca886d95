import { describe, expect, test } from "bun:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { z } from "zod";
import { createAdmin } from "../../../src/admin/engine/create-admin.ts";
import { boundOperations } from "../../../src/admin/operations/index.ts";
import { isJsonObject, type Json } from "../../../src/kernel/json.ts";
import { identityRequest } from "../../support/identity-fixture.ts";
import { createEngineFixture, errorOf } from "./support/engine-fixture.ts";

/** Places of a JSON Schema where an object takes members that it does not name. */
function openObjectsIn(schema: Json | undefined, place: string): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap((item: Json, at) => openObjectsIn(item, `${place}/${at}`));
  if (!isJsonObject(schema)) return [];
  const isOpen = isJsonObject(schema["properties"]) && schema["additionalProperties"] !== false;
  const inside = Object.entries(schema).flatMap(([name, member]) =>
    openObjectsIn(member, `${place}/${name}`),
  );
  return isOpen ? [place, ...inside] : inside;
}

async function makeAdmin() {
  const { parts, identity, token } = createEngineFixture();
  const admin = createAdmin({ parts, identity: identity.identity, operations: boundOperations });
  return { admin, authorization: `Bearer ${await token("root@example.com")}` };
}

describe("the operations of the admin API", () => {
  test("are described by valid OpenAPI", async () => {
    const { admin, authorization } = await makeAdmin();
    const reply = await admin.handle(identityRequest("GET", "/admin/v1/openapi.json", { authorization }));
    expect(reply.status).toBe(200);
    const result = await new Validator().validate(JSON.parse(reply.body));
    expect(result.valid ? [] : result.errors).toEqual([]);
    const names = boundOperations.map(({ operation }) => operation.name);
    for (const name of names) expect(reply.body).toContain(`"operationId":"${name}"`);
  });

  test("say what fits of the answer to those who send a request again", async () => {
    const { admin, authorization } = await makeAdmin();
    const reply = await admin.handle(identityRequest("GET", "/admin/v1/openapi.json", { authorization }));
    const secret = boundOperations.filter(({ operation }) => operation.answersSecret === true);
    expect(secret.map(({ operation }) => operation.name).sort()).toEqual([
      "keys.create",
      "keys.rotate",
      "tokens.create",
    ]);
    const nullable = '"text":{"type":["string","null"]}';
    expect(reply.body.split(nullable)).toHaveLength(secret.length + 1);
  });

  test.each(boundOperations.map(({ operation }) => [operation.name, operation] as const))(
    "%s takes no member that it does not name, at any depth",
    (_, { body, query, params }) => {
      // The engine itself closes the outermost object.
      const schemas = [body, query, params].map((schema) => schema?.strict() ?? z.null());
      const made = schemas.map((schema) => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
      expect(openObjectsIn(JSON.parse(JSON.stringify(made)) as Json, "")).toEqual([]);
    },
  );

  test.each(boundOperations.map(({ operation }) => [operation.name, operation] as const))(
    "%s is asked for at its path, and by members alone",
    async (_, { method, path }) => {
      const { admin, authorization } = await makeAdmin();
      const target = `/admin/v1${path.replace("{tenant}", "shop").replaceAll(/\{[^}]+\}/g, "none")}`;
      const stranger = await admin.handle(identityRequest(method, target));
      expect([stranger.status, errorOf(stranger).code]).toEqual([401, "LK-2015"]);
      const odd = await admin.handle(
        identityRequest(method, `${target}?no-such-parameter=1`, { authorization }),
      );
      expect([odd.status, errorOf(odd).param]).toEqual([400, "no-such-parameter"]);
    },
  );
});
