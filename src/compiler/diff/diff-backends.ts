import type { ArtifactBackend } from "../../artifact/artifact.ts";
import { canonicalJson } from "../../kernel/json.ts";
import { diffLifecycle } from "./diff-lifecycle.ts";
import { diffPolicy } from "./diff-policy.ts";
import { about, type Finding, type Statement } from "./finding.ts";
import { isSame, matchNames, matchRows } from "./match.ts";
import type { NamedArtifact, NamedBackend } from "./named-artifact.ts";
import type { Effect } from "./plan-report.ts";
import { arrow, namesText } from "./words.ts";

/** What changes in backends. One with a new major version is another backend. */
export function diffBackends(before: NamedArtifact, after: NamedArtifact): readonly Finding[] {
  const { added, removed, kept } = matchRows(before.backends, after.backends);
  return [
    ...added.flatMap(([name, { row }]) => {
      const message = `added as ${row.version}, ${row.status}, at ${row.basePath}`;
      return about("backend", [name], [{ kind: "backend-added", effect: "safe", message }]);
    }),
    ...removed.flatMap(([name, { row }]) => {
      const effect: Effect = isServed(row) ? "breaking" : "safe";
      return about("backend", [name], [{ kind: "backend-removed", effect, message: "removed" }]);
    }),
    ...kept.flatMap(([name, old, backend]) => about("backend", [name], diffBackend(old, backend))),
  ];
}

function isServed({ status }: ArtifactBackend): boolean {
  return status === "published" || status === "deprecated";
}

function diffBackend(before: NamedBackend, after: NamedBackend): readonly Statement[] {
  const [old, current] = [before.row, after.row];
  return [
    ...diffStatus(old, current),
    ...diffLifecycle("backend", before, after),
    ...diffPath(old, current),
    ...diffUpstreams(old, current),
    ...diffRoutes(old, current),
    ...diffValidation(old, current),
    ...diffTransport(old, current),
    ...diffPolicy(old, current),
  ];
}

function diffStatus(before: ArtifactBackend, after: ArtifactBackend): readonly Statement[] {
  if (before.status === after.status) return [];
  const isLost = isServed(before) && !isServed(after);
  const effect: Effect = isLost ? "breaking" : before.status === "retired" ? "widening" : "safe";
  return [
    { kind: "backend-status-changed", effect, message: `status ${arrow(before.status, after.status)}` },
  ];
}

function diffPath(before: ArtifactBackend, after: ArtifactBackend): readonly Statement[] {
  if (before.basePath === after.basePath) return [];
  const effect: Effect = isServed(before) ? "breaking" : "safe";
  return [
    { kind: "backend-path-changed", effect, message: `path ${arrow(before.basePath, after.basePath)}` },
  ];
}

/** What callers send goes to a new place: someone has to want that. */
function diffUpstreams(before: ArtifactBackend, after: ArtifactBackend): readonly Statement[] {
  const { added, removed } = matchNames(addresses(before), addresses(after));
  const went: readonly Statement[] =
    added.length === 0
      ? []
      : [
          {
            kind: "backend-upstream-added",
            effect: "widening",
            message: `now asks ${namesText("upstream", added)}`,
          },
        ];
  const left: readonly Statement[] =
    removed.length === 0
      ? []
      : [
          {
            kind: "backend-upstream-removed",
            effect: "safe",
            message: `no longer asks ${namesText("upstream", removed)}`,
          },
        ];
  const [old, current] = [before, after].map(({ upstreams }) => upstreams.map(canonicalJson).sort());
  if (went.length + left.length > 0 || isSame(old, current)) return [...went, ...left];
  return [
    { kind: "backend-weights-changed", effect: "safe", message: "weights or hosts of upstreams changed" },
  ];
}

function addresses({ upstreams }: ArtifactBackend): readonly string[] {
  return upstreams.map(({ origin, pathPrefix }) => `${origin}${pathPrefix}`);
}

function diffRoutes(before: ArtifactBackend, after: ArtifactBackend): readonly Statement[] {
  if (before.routes === null || after.routes === null) {
    if (before.routes === after.routes) return [];
    const effect: Effect = after.routes === null ? "widening" : isServed(before) ? "breaking" : "safe";
    const words = [before, after].map(({ routes }) => (routes === null ? "everything" : "named routes"));
    const message = `takes ${arrow(words[0] ?? "", words[1] ?? "")}`;
    return [{ kind: "backend-routes-changed", effect, message }];
  }
  const { added, removed } = matchNames(routeNames(before), routeNames(after));
  const lost: Effect = isServed(before) ? "breaking" : "safe";
  const statements: Statement[] = [];
  if (added.length > 0) {
    const message = `now takes ${namesText("route", added)}`;
    statements.push({ kind: "backend-route-added", effect: "widening", message });
  }
  if (removed.length > 0) {
    const message = `no longer takes ${namesText("route", removed)}`;
    statements.push({ kind: "backend-route-removed", effect: lost, message });
  }
  const [old, current] = [rewrites(before), rewrites(after)];
  if (statements.length === 0 && !isSame(old, current)) {
    statements.push({
      kind: "backend-rewrite-changed",
      effect: "safe",
      message: "rewriting of paths changed",
    });
  }
  return statements;
}

function routeNames({ routes }: ArtifactBackend): readonly string[] {
  return (routes ?? []).flatMap(({ methods, path }) =>
    (methods ?? ["any method"]).map((method) => `${method} ${path}`),
  );
}

function rewrites({ routes, stripPrefix }: ArtifactBackend): readonly string[] {
  const all = (routes ?? []).map(({ path, methods, rewritePath }) =>
    canonicalJson([path, methods?.toSorted() ?? null, rewritePath]),
  );
  return [String(stripPrefix), ...all.sort()];
}

const STRICTNESS = { off: 0, report: 1, refuse: 2 } as const;

/** Schemas of a document are not compared in effect: what it refuses may have changed either way. */
function diffValidation(before: ArtifactBackend, after: ArtifactBackend): readonly Statement[] {
  if (before.validate !== after.validate) {
    const isStricter = after.validate === "refuse" && STRICTNESS[before.validate] < STRICTNESS.refuse;
    const effect: Effect = isStricter && isServed(before) ? "breaking" : "safe";
    const message = `validation ${arrow(before.validate, after.validate)}`;
    return [{ kind: "backend-validation-changed", effect, message }];
  }
  const [old, current] = [before, after].map(({ routes }) =>
    (routes ?? [])
      .flatMap(({ path, methods, operation }) =>
        operation === null ? [] : [canonicalJson([path, methods, operation])],
      )
      .sort(),
  );
  if (isSame(old, current)) return [];
  const effect: Effect = after.validate === "refuse" && isServed(before) ? "breaking" : "safe";
  const message = "what its document allows changed, which may refuse what used to pass";
  return [{ kind: "backend-schema-changed", effect, message }];
}

function diffTransport(before: ArtifactBackend, after: ArtifactBackend): readonly Statement[] {
  const parts = [
    ["credential", "auth"],
    ["request headers", "requestHeaders"],
    ["response headers", "responseHeaders"],
    ["time limits", "timeouts"],
    ["health check", "health"],
    ["largest request", "maxRequestBytes"],
    ["largest answer", "maxResponseBytes"],
    ["summary", "summary"],
  ] as const;
  const changed = parts.filter(([, field]) => !isSame(before[field], after[field]));
  const statements = changed.map(
    ([words]): Statement => ({
      kind: "backend-setting-changed",
      effect: "safe",
      message: `${words} changed`,
    }),
  );
  if (before.webSocket === after.webSocket) return statements;
  const effect: Effect = after.webSocket ? "widening" : isServed(before) ? "breaking" : "safe";
  const message = `WebSocket ${arrow(before.webSocket ? "on" : "off", after.webSocket ? "on" : "off")}`;
  return [...statements, { kind: "backend-websocket-changed", effect, message }];
}
