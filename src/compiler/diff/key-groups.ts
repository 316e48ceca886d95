import type { KeyEffect } from "./key-effects.ts";
import type { Reach } from "./reach.ts";
import { countText } from "./words.ts";

/** Keys to which a change means the same. */
export interface KeyGroup {
  /** Their names, in order; at least one. */
  readonly keys: readonly string[];
  readonly effect: Omit<KeyEffect, "key" | "tenant" | "app" | "issued">;
}

/** Groups keys that are told the same, in the order of the first of each. */
export function groupKeys(effects: readonly KeyEffect[]): readonly KeyGroup[] {
  const groups = Map.groupBy(effects, ({ change, gains, loses, limits, breaks }) =>
    JSON.stringify([change, gains, loses, limits, breaks]),
  );
  return groups
    .values()
    .toArray()
    .flatMap((members) => {
      const [first] = members;
      if (first === undefined) return [];
      const { change, gains, loses, limits, breaks } = first;
      return [{ keys: members.map(keyText), effect: { change, gains, loses, limits, breaks } }];
    });
}

/** An issued key's id says nothing of whose it is. */
function keyText({ key, tenant, app, issued }: KeyEffect): string {
  return issued ? `${tenant}/${app}: ${key}` : key;
}

/** A list of which only the beginning is shown. */
export function someOf(names: readonly string[], most: number): string {
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${countText(names.length - most)} more`;
}

/** What a reach holds, with the kind before each name: `model fast, endpoint sentiment v1`. */
export function reachList({ models, endpoints, backends }: Reach): readonly string[] {
  return [
    ...models.map((name) => `model ${name}`),
    ...endpoints.map((name) => `endpoint ${name}`),
    ...backends.map((name) => `backend ${name}`),
  ];
}
