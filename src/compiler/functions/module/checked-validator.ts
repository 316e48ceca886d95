import type { Validator } from "../../../artifact/function-ref.ts";
import { type Check, type CheckedSchema, Issues } from "./check.ts";
import { schemaCheck } from "./schema-check.ts";

/** A schema as a validator. Its functions are made with the first call, so that hundreds of schemas load at once. */
export function checkedValidator(schema: CheckedSchema): Validator {
  let check: Check | undefined;
  return (value) => {
    check ??= schemaCheck(schema);
    const found = new Issues();
    const checked = check(value, found);
    return found.list.length === 0 ? { ok: true, value: checked } : { ok: false, issues: found.list };
  };
}
