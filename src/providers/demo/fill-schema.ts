import type { Json } from "../../kernel/json.ts";
import { DemoRefusal } from "./refusal.ts";
import { type InstanceOptions, makeInstance } from "./schema-instance/make-instance.ts";
import { SchemaError } from "./schema-instance/schema.ts";

/** Where a schema stands in the request and what it is filled with. */
export interface FillOptions extends InstanceOptions {
  readonly param: string;
}

/** An instance of a JSON Schema of a request. @throws DemoRefusal naming the part that cannot be satisfied. */
export function fillSchema(schema: unknown, options: FillOptions): Json {
  try {
    return makeInstance(schema, options);
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    const param = `${options.param}${error.path}`;
    throw new DemoRefusal(`The demo provider cannot make a value for \`${param}\`: ${error.message}.`, {
      param,
      code: "invalid_schema",
    });
  }
}
