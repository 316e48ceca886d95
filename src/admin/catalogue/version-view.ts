import type { Artifact } from "../../artifact/artifact.ts";
import { isVisibleTo } from "../artifact-names.ts";

/** Kinds of what has versions. */
export type VersionKind = "endpoints" | "backends";

/** What there is to say of a version, whatever it is one of. */
export interface VersionView {
  readonly name: string;
  readonly version: string;
  readonly status: "draft" | "published" | "deprecated" | "retired";
  readonly deprecatedAtMs: number | null;
  readonly sunsetAtMs: number | null;
  readonly successor: string | null;
  readonly summary: string | null;
}

/** Versions that a tenant may see, by id: what visible services offer, and drafts where it owns the service. */
export function visibleVersions(
  artifact: Artifact,
  kind: VersionKind,
  tenantId: number,
): ReadonlySet<number> {
  const seen = artifact.services
    .filter((service) => isVisibleTo(service, tenantId))
    .flatMap((service) =>
      service[kind].filter((id) => service.owner === tenantId || artifact[kind][id]?.status !== "draft"),
    );
  return new Set(seen);
}

/** Shows a version; its successor only where it is to be seen. @param visible see `visibleVersions` */
export function showVersion(
  artifact: Artifact,
  kind: VersionKind,
  row: Artifact[VersionKind][number],
  visible: ReadonlySet<number>,
): VersionView {
  const { name, version, status, deprecatedAtMs, sunsetAtMs, summary } = row;
  const next =
    row.successor === null || !visible.has(row.successor) ? undefined : artifact[kind][row.successor];
  const successor = next === undefined ? null : `${next.name}@${next.version}`;
  return { name, version, status, deprecatedAtMs, sunsetAtMs, successor, summary };
}
