import type { ArtifactEndpoint } from "../../artifact/artifact.ts";
import { diffLifecycle } from "./diff-lifecycle.ts";
import { about, type Finding, type Statement } from "./finding.ts";
import { lineDiff } from "./line-diff.ts";
import { matchRows } from "./match.ts";
import type { NamedArtifact, NamedEndpoint } from "./named-artifact.ts";
import type { Effect } from "./plan-report.ts";
import { promptLines } from "./prompt-lines.ts";
import { compareSchemas } from "./schema/compare-schemas.ts";
import { type Direction, fieldText } from "./schema/comparison.ts";
import { arrow } from "./words.ts";

type Status = ArtifactEndpoint["status"];

/** What changes in endpoints. One with a new major version is another endpoint: callers choose when to move. */
export function diffEndpoints(before: NamedArtifact, after: NamedArtifact): readonly Finding[] {
  const { added, removed, kept } = matchRows(before.endpoints, after.endpoints);
  return [
    ...added.flatMap(([name, endpoint]) => about("endpoint", [name], [addedEndpoint(endpoint)])),
    ...removed.flatMap(([name, endpoint]) => about("endpoint", [name], [removedEndpoint(endpoint)])),
    ...kept.flatMap(([name, old, endpoint]) => about("endpoint", [name], diffEndpoint(old, endpoint))),
  ];
}

/** Safe by itself: who may call it is told of applications and keys. */
function addedEndpoint({ row }: NamedEndpoint): Statement {
  return { kind: "endpoint-added", effect: "safe", message: `added as ${row.version}, ${row.status}` };
}

/** Nobody was promised a draft, and a retired version answers nobody. */
function removedEndpoint({ row }: NamedEndpoint): Statement {
  const message = row.status === "published" ? "removed" : `removed, was ${row.status}`;
  return { kind: "endpoint-removed", effect: isServed(row.status) ? "breaking" : "safe", message };
}

function isServed(status: Status): boolean {
  return status === "published" || status === "deprecated";
}

function diffEndpoint(before: NamedEndpoint, after: NamedEndpoint): readonly Statement[] {
  const [old, current] = [before.row, after.row];
  return [
    ...diffStatus(old, current),
    ...diffLifecycle("endpoint", before, after),
    ...diffSchema("input", old, current),
    ...diffSchema("output", old, current),
    ...diffPrompt(old, current),
    ...diffSettings(before, after),
  ];
}

function diffStatus(
  { status: before }: ArtifactEndpoint,
  { status: after }: ArtifactEndpoint,
): readonly Statement[] {
  if (before === after) return [];
  const effect: Effect = isServed(before) && !isServed(after) ? "breaking" : "safe";
  const isBack = before === "retired" && isServed(after);
  const message = `status ${arrow(before, after)}`;
  return [{ kind: "endpoint-status-changed", effect: isBack ? "widening" : effect, message }];
}

/** A draft may change as it likes. */
function diffSchema(
  direction: Direction,
  before: ArtifactEndpoint,
  after: ArtifactEndpoint,
): readonly Statement[] {
  const [old, current] = [before[direction], after[direction]];
  if (old === null || current === null) return old === current ? [] : [answerChanged(before, after)];
  if (Bun.deepEquals(old, current, true)) return [];
  const details = compareSchemas(old, current, direction).map((found) => fieldText(direction, found));
  if (details.length === 0 || !isServed(before.status)) {
    return [
      {
        kind: `${direction}-changed`,
        effect: "safe",
        message: `${direction} schema changed`,
        ...some(details),
      },
    ];
  }
  const message = `${direction} schema breaks callers of v${before.major}; publish it as v${after.major + 1} instead`;
  return [{ kind: `${direction}-broken`, effect: "breaking", message, details }];
}

function some(details: readonly string[]): { readonly details?: readonly string[] } {
  return details.length === 0 ? {} : { details };
}

function answerChanged(before: ArtifactEndpoint, after: ArtifactEndpoint): Statement {
  const [old, current] = [before, after].map(({ output }) => (output === null ? "text" : "JSON by a schema"));
  const message = `output ${arrow(old ?? "", current ?? "")}`;
  return { kind: "output-broken", effect: isServed(before.status) ? "breaking" : "safe", message };
}

function diffPrompt(before: ArtifactEndpoint, after: ArtifactEndpoint): readonly Statement[] {
  const details = lineDiff(promptLines(before.prompt), promptLines(after.prompt));
  return details.length === 0
    ? []
    : [{ kind: "prompt-changed", effect: "safe", message: "prompt changed", details }];
}

function diffSettings(before: NamedEndpoint, after: NamedEndpoint): readonly Statement[] {
  const [old, current] = [before.row, after.row];
  const fields = [
    ["version", old.version, current.version],
    ["model", before.model, after.model],
    ["temperature", old.temperature, current.temperature],
  ] as const;
  const summary: readonly Statement[] =
    old.summary === current.summary
      ? []
      : [{ kind: "endpoint-described", effect: "safe", message: "summary changed" }];
  return [
    ...diffOutputTokens(old, current),
    ...fields
      .filter(([, was, is]) => was !== is)
      .map(([words, was, is]): Statement => {
        const kind = `endpoint-${words === "version" || words === "model" ? words : "setting"}-changed`;
        return { kind, effect: "safe", message: `${words} ${arrow(`${was ?? "none"}`, `${is ?? "none"}`)}` };
      }),
    ...summary,
  ];
}

/** A lower bound may cut answers short that used to be whole; a higher one lets them cost more. */
function diffOutputTokens(before: ArtifactEndpoint, after: ArtifactEndpoint): readonly Statement[] {
  const [old, current] = [before, after].map(
    ({ maxOutputTokens }) => maxOutputTokens ?? Number.POSITIVE_INFINITY,
  );
  if (old === undefined || current === undefined || old === current) return [];
  const message = `most output tokens ${arrow(`${before.maxOutputTokens ?? "none"}`, `${after.maxOutputTokens ?? "none"}`)}`;
  const effect: Effect = current < old ? "breaking" : "widening";
  return [{ kind: "endpoint-setting-changed", effect: isServed(before.status) ? effect : "safe", message }];
}
