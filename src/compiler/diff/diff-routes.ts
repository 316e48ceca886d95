import type { Artifact } from "../../artifact/artifact.ts";
import { about, type Finding } from "./finding.ts";
import { matchRows } from "./match.ts";
import type { NamedArtifact } from "./named-artifact.ts";
import { arrow } from "./words.ts";

/** Paths that lead to another endpoint than before, or nowhere while their endpoint stays. */
export function diffRoutes(before: NamedArtifact, after: NamedArtifact): readonly Finding[] {
  const { removed, kept } = matchRows(pathsOf(before.artifact), pathsOf(after.artifact));
  return [
    ...kept
      .filter(([, old, current]) => old !== current)
      .flatMap(([path, old, current]) => {
        const message = `now leads to ${arrow(old, current)}`;
        return about("path", [path], [{ kind: "path-moved", effect: "breaking", message }]);
      }),
    ...removed
      .filter(([, endpoint]) => after.endpoints.has(endpoint))
      .flatMap(([path]) =>
        about("path", [path], [{ kind: "path-removed", effect: "breaking", message: "removed" }]),
      ),
  ];
}

function pathsOf({ routes, endpoints }: Artifact): ReadonlyMap<string, string> {
  return new Map(
    routes.map(({ path, endpoint }) => {
      const { name = "", major = 0 } = endpoints[endpoint] ?? {};
      return [path, `${name} v${major}`];
    }),
  );
}
