import type { AskedFeature, FeatureGroup } from "./asked.ts";
import { conversation } from "./conversation.ts";
import { toolGroups } from "./tools.ts";
import { wishGroups } from "./wishes.ts";

/** Everything that callers can ask for, by groups. */
export const askedGroups: readonly FeatureGroup<AskedFeature>[] = [
  ...conversation,
  ...toolGroups,
  ...wishGroups,
];
