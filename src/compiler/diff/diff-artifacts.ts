import type { Artifact } from "../../artifact/artifact.ts";
import { diffAccess } from "./diff-access.ts";
import { diffApps } from "./diff-apps.ts";
import { diffBackends } from "./diff-backends.ts";
import { diffEndpoints } from "./diff-endpoints.ts";
import { diffModels } from "./diff-models.ts";
import { diffProviders } from "./diff-providers.ts";
import { diffRoutes } from "./diff-routes.ts";
import { diffServices } from "./diff-services.ts";
import { diffSettings } from "./diff-settings.ts";
import { diffSubscriptions } from "./diff-subscriptions.ts";
import { diffTenants } from "./diff-tenants.ts";
import { type Finding, foldFindings } from "./finding.ts";
import { type NamedArtifact, nameArtifact } from "./named-artifact.ts";
import { type Change, createReport, type PlanReport } from "./plan-report.ts";
import { plural } from "./words.ts";

/**
 * Compares two artifacts in effect: who may reach, spend and send what, and what breaks. Names are what counts:
 * the order of tables, ids, and how a grant came about do not. Without an artifact before there is nobody to
 * break and nothing to widen, so a first one is one safe change.
 */
export function diffArtifacts(before: Artifact | null, after: Artifact): PlanReport {
  if (before === null) return createReport([firstArtifact(after)]);
  return createReport(foldFindings(findingsBetween(nameArtifact(before), nameArtifact(after))));
}

/** Every difference in effect, one by one. */
export function findingsBetween(before: NamedArtifact, after: NamedArtifact): readonly Finding[] {
  return [
    ...diffAccess(before, after),
    ...diffSubscriptions(before, after),
    ...diffApps(before, after),
    ...diffTenants(before, after),
    ...diffServices(before, after),
    ...diffEndpoints(before, after),
    ...diffBackends(before, after),
    ...diffRoutes(before, after),
    ...diffModels(before, after),
    ...diffProviders(before, after),
    ...diffSettings(before.artifact, after.artifact),
  ];
}

function firstArtifact({ providers, models, endpoints, services, tenants, apps, keys }: Artifact): Change {
  const parts = [
    plural(providers.length, "provider"),
    plural(models.length, "model"),
    plural(endpoints.length, "endpoint"),
    plural(services.length, "service"),
    plural(tenants.length, "tenant"),
    plural(apps.length, "app"),
    plural(keys.length, "key"),
  ];
  return {
    kind: "first-artifact",
    subject: "gateway",
    effect: "safe",
    message: `first artifact, with ${parts.join(", ")}`,
  };
}
