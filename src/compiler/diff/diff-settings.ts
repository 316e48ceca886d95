import type { Artifact } from "../../artifact/artifact.ts";
import { formatDuration } from "../../kernel/duration.ts";
import { canonicalJson } from "../../kernel/json.ts";
import { diffIdentity, diffWebhooks } from "./diff-identity.ts";
import { about, type Finding, type Statement } from "./finding.ts";
import { isSame } from "./match.ts";
import { arrow, countText } from "./words.ts";

const BYTES = (bytes: number): string => `${countText(bytes)} bytes`;

type Cap = "maxRequestBytes" | "maxResponseBytes" | "requestTimeoutMs";

const SETTINGS: readonly (readonly [Cap, string, (value: number) => string])[] = [
  ["maxRequestBytes", "largest request body", BYTES],
  ["maxResponseBytes", "largest answer", BYTES],
  ["requestTimeoutMs", "time for a request's body", formatDuration],
];

/** What changes for every call: smaller caps refuse what used to pass. */
export function diffSettings(before: Artifact, after: Artifact): readonly Finding[] {
  const caps = SETTINGS.flatMap(([field, words, text]): readonly Statement[] => {
    const [old, current] = [before.settings[field], after.settings[field]];
    if (old === current) return [];
    const message = `${words} ${arrow(text(old), text(current))}`;
    return [{ kind: "setting-changed", effect: current < old ? "breaking" : "safe", message }];
  });
  return [
    ...about(
      "gateway",
      [],
      [
        ...caps,
        ...diffVendorIds(before, after),
        ...diffIdentity(before, after),
        ...diffFunctions(before, after),
      ],
    ),
    ...diffWebhooks(before, after),
  ];
}

function diffVendorIds({ settings: before }: Artifact, { settings: after }: Artifact): readonly Statement[] {
  if (before.passVendorIds === after.passVendorIds) return [];
  const message =
    after.passVendorIds === true
      ? "callers may name what a vendor keeps for others"
      : "callers may no longer name what a vendor keeps for others";
  return [{ kind: "setting-changed", effect: after.passVendorIds === true ? "safe" : "breaking", message }];
}

/**
 * Code cannot be compared in effect. It follows the schemas, so it is worth a line only where none of them
 * changed: then a refinement or a transform did, or the tools that wrote the code.
 */
function diffFunctions(before: Artifact, after: Artifact): readonly Statement[] {
  if (before.functions?.digest === after.functions?.digest) return [];
  if (!isSame(schemasOf(before), schemasOf(after))) return [];
  const message = "code that checks inputs and outputs changed while their schemas did not";
  return [{ kind: "functions-changed", effect: "safe", message }];
}

function schemasOf({ endpoints }: Artifact): readonly string[] {
  return endpoints
    .map(({ name, major, input, output }) => canonicalJson([name, major, input, output]))
    .sort();
}
