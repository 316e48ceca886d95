import type { Change, Effect } from "./plan-report.ts";
import { countText, plural } from "./words.ts";

/** What a subject is, in the words of the config. */
export type SubjectNoun =
  | "provider"
  | "target"
  | "model"
  | "endpoint"
  | "backend"
  | "webhook"
  | "path"
  | "service"
  | "tenant"
  | "app"
  | "key"
  | "issued key"
  | "subscription"
  | "gateway";

/** A change of one subject, before those that say the same are put into one line. */
export interface Finding {
  readonly kind: string;
  readonly noun: SubjectNoun;
  /** Names from the outermost in: tenant, app, key. Empty for the gateway itself. */
  readonly path: readonly string[];
  readonly effect: Effect;
  readonly message: string;
  readonly details?: readonly string[];
}

/** What a comparison says of a subject that the caller names. */
export type Statement = Omit<Finding, "noun" | "path">;

/** Puts statements about one subject under its name. */
export function about(
  noun: SubjectNoun,
  path: readonly string[],
  statements: readonly Statement[],
): readonly Finding[] {
  return statements.map((statement) => ({ ...statement, noun, path }));
}

/** Subjects that may share a change and still have a line each. */
const FEW = 3;
/** Names of subjects that a shared line lists. */
const MOST_NAMED = 20;

/** Findings as changes: where many subjects share one, they share a line with a count. */
export function foldFindings(findings: readonly Finding[]): readonly Change[] {
  const detailsId = createDetailsIds();
  const groups = Map.groupBy(findings, ({ noun, kind, effect, message, details }) =>
    [noun, kind, effect, detailsId(details), message].join(" "),
  );
  return groups.values().toArray().flatMap(foldGroup);
}

/** Numbers details by what they say. Findings share lists, and reading each list once is what makes it quick. */
function createDetailsIds(): (details: readonly string[] | undefined) => number {
  const byList = new Map<readonly string[] | undefined, number>();
  const bySense = new Map<string, number>();
  return (details) => {
    let id = byList.get(details);
    if (id === undefined) {
      const sense = JSON.stringify(details ?? []);
      id = bySense.get(sense) ?? bySense.size;
      bySense.set(sense, id);
      byList.set(details, id);
    }
    return id;
  };
}

function foldGroup(found: readonly Finding[]): readonly Change[] {
  const group = distinct(found);
  if (group.length <= FEW) return group.map(single);
  const parents = Map.groupBy(group, ({ path }) => path.slice(0, -1).join("/"));
  if (parents.size > FEW) return [shared(group, `of ${parentsText(group, parents.size)}`)];
  return [...parents].map(([parent, members]) => {
    const [only] = members;
    return members.length === 1 && only ? single(only) : shared(members, parent === "" ? "" : `of ${parent}`);
  });
}

function distinct(found: readonly Finding[]): readonly Finding[] {
  return [...new Map(found.map((finding) => [finding.path.join("/"), finding])).values()];
}

function parentsText(group: readonly Finding[], parents: number): string {
  return plural(parents, (group[0]?.path.length ?? 0) > 2 ? "app" : "tenant");
}

function single({ noun, path, ...change }: Finding): Change {
  return { ...change, subject: [noun, path.join("/")].filter((word) => word !== "").join(" ") };
}

function shared(group: readonly Finding[], where: string): Change {
  const [first] = group;
  if (first === undefined) throw new RangeError("a shared change needs a subject");
  const { noun, path: _, details = [], ...change } = first;
  const names = group.map(({ path }) => path.join("/")).sort();
  const listed = names.slice(0, MOST_NAMED);
  const rest = names.length - listed.length;
  return {
    ...change,
    subject: `${plural(group.length, noun)} ${where}`.trimEnd(),
    details: [...details, ...listed, ...(rest > 0 ? [`and ${countText(rest)} more`] : [])],
    count: group.length,
  };
}
