import { isTagged } from "../read/describe-value.ts";
import type { ReadDeprecation } from "../read/shapes/lifecycle.ts";
import type { Report } from "../report.ts";
import type { ResolvedConfig } from "./resolve-references.ts";

/** A version of an endpoint or of a backend. */
interface VersionRow {
  readonly id: number;
  readonly name: string;
  readonly options: {
    readonly status: "draft" | "published" | "deprecated" | "retired" | undefined;
    readonly deprecation: ReadDeprecation | undefined;
  };
}

/** Checks what versions say of their end, and of what takes their place. */
export function checkLifecycles(config: ResolvedConfig, report: Report): ResolvedConfig {
  for (const rows of [config.tables.endpoints, config.tables.backends]) {
    const byId = new Map<number, VersionRow>(rows.map((row) => [row.id, row]));
    for (const row of rows) {
      checkDate(config, row, report);
      checkVersion(row, byId, report);
    }
  }
  return config;
}

/** What is deprecated has to say since when: callers are told a date, and there is none that would mean "some time". */
function checkDate({ graph }: ResolvedConfig, { id, name, options }: VersionRow, report: Report): void {
  if (options.status !== "deprecated") return;
  const written = graph.declarations[id]?.fields["deprecation"];
  const isObject = written !== undefined && isTagged(written) && written.$ === "object";
  // Whatever else was written is reported already.
  if (written !== undefined && (!isObject || Object.hasOwn(written.fields, "since"))) return;
  report.add("LK1419", `${JSON.stringify(name)} is deprecated, and nothing says since when`, {
    at: { declaration: id, path: [isObject ? "deprecation" : "status"] },
    suggestion: `${isObject ? "add" : "write `deprecation: { … }` with"} \`since: "2027-01-01"\``,
  });
}

function checkVersion(row: VersionRow, byId: ReadonlyMap<number, VersionRow>, report: Report): void {
  const { id, options } = row;
  const { status = "published", deprecation } = options;
  if (deprecation === undefined) return;
  const at = (...path: readonly string[]) => ({ declaration: id, path: ["deprecation", ...path] });
  if (status === "draft" || status === "published") {
    const message = `${JSON.stringify(row.name)} has a deprecation, and is ${status}`;
    report.add("LK1418", message, { at: at(), part: "key", suggestion: 'write `status: "deprecated"`' });
  }
  const { since, sunset, successor } = deprecation;
  if (since !== undefined && sunset !== undefined && sunset <= since) {
    report.add("LK1416", "sunset is not after since", {
      at: at("sunset"),
      notes: [{ message: "deprecated from here on", at: at("since") }],
    });
  }
  const next = successor === undefined ? undefined : byId.get(successor);
  if (next === undefined) return;
  const problem = successorProblem(row, next);
  if (problem === undefined) return;
  report.add("LK1417", `the successor ${problem}`, {
    at: at("successor"),
    notes: [{ message: "declared here", at: { declaration: next.id, path: [] } }],
  });
}

function successorProblem(row: VersionRow, next: VersionRow): string | undefined {
  if (next.id === row.id) return "is the version itself";
  if (next.name !== row.name)
    return `is a version of ${JSON.stringify(next.name)}, not of ${JSON.stringify(row.name)}`;
  const { status = "published" } = next.options;
  return status === "draft" || status === "retired"
    ? `is ${status === "draft" ? "a draft" : status}`
    : undefined;
}
