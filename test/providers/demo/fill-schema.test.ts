import { describe, expect, test } from "bun:test";
import { fillSchema } from "../../../src/providers/demo/fill-schema.ts";
import { DemoRefusal } from "../../../src/providers/demo/refusal.ts";

describe("filling a schema of a request", () => {
  test("makes a value from the text", () => {
    expect(fillSchema({ type: "string" }, { text: "Hello", seed: 1, param: "schema" })).toBe("Hello");
  });

  test("names the part of the request that cannot be satisfied", () => {
    const schema = { type: "object", properties: { a: { enum: [] } }, required: ["a"] };
    const fill = () => fillSchema(schema, { text: "", seed: 1, param: "tools[0].function.parameters" });
    expect(fill).toThrow(DemoRefusal);
    expect(fill).toThrow("`tools[0].function.parameters.properties.a.enum`: none of its values holds");
  });
});
