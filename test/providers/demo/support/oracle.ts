import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const ajv = new Ajv2020({ strict: false, logger: false });
addFormats.default(ajv);

/** What Ajv finds wrong with a value; `undefined` where it holds. */
export function ajvErrors(schema: unknown, value: unknown): unknown {
  const validate = ajv.compile(schema as object | boolean);
  const errors = validate(value) ? undefined : validate.errors;
  // Each schema is used once: none need be kept.
  if (typeof schema === "object" && schema !== null) ajv.removeSchema(schema);
  return errors;
}
