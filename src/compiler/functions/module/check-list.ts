import type { Check, CheckedSchema } from "./check.ts";

/** Checks a list and each of its items. */
export function checkList(schema: CheckedSchema, item: Check | undefined): Check {
  const { minItems, maxItems } = schema;
  return (value, found) => {
    if (!Array.isArray(value)) {
      found.add("must be an array");
      return value;
    }
    const items: unknown[] = value;
    if (typeof minItems === "number" && items.length < minItems) {
      found.add(`must have at least ${counted(minItems)}`);
    }
    if (typeof maxItems === "number" && items.length > maxItems) {
      found.add(`must have at most ${counted(maxItems)}`);
    }
    if (item === undefined) return items;
    for (let index = 0; index < items.length && !found.isFull; index++) {
      items[index] = found.at(index, item, items[index]);
    }
    return items;
  };
}

function counted(length: number): string {
  return `${length} item${length === 1 ? "" : "s"}`;
}
