import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Artifact } from "../../artifact/artifact.ts";
import type { ResolvedConfig } from "../passes/resolve-references.ts";
import type { Report, Spot } from "../report.ts";
import { type EvaluateOptions, runConfig } from "./evaluate-config.ts";
import type { InvariantOutcome } from "./graph.ts";
import { undeclaredName } from "./undeclared-name.ts";

/**
 * Checks a config's invariants on what it was compiled to: in a process of its own, like the config itself, since they are
 * the config's code. A config without invariants is not run again.
 */
export async function checkInvariants(
  config: ResolvedConfig,
  artifact: Artifact,
  bundlePath: string,
  options: EvaluateOptions,
  report: Report,
): Promise<void> {
  const { invariants = [] } = config.gateway;
  if (invariants.length === 0) return;
  const artifactPath = join(options.folder, "artifact.json");
  writeFileSync(artifactPath, JSON.stringify(artifact));
  const { outcome } = await runConfig(bundlePath, { ...options, artifactPath }, report);
  if (outcome.kind !== "answered" || outcome.evaluation.kind !== "invariants") return;
  outcome.evaluation.outcomes.forEach((result, index) => {
    const id = invariants[index];
    if (id === undefined) return;
    const name = config.graph.declarations[id]?.fields["name"];
    reportOutcome(JSON.stringify(name ?? ""), result, { declaration: id, path: [] }, report);
  });
}

function reportOutcome(name: string, outcome: InvariantOutcome, at: Spot, report: Report): void {
  switch (outcome.kind) {
    case "holds":
      return;
    case "broken": {
      const [first, ...others] = outcome.examples.map((steps) => steps.join(", "));
      const count = others.length + outcome.more;
      const notes = [
        ...others.map((message) => ({ message })),
        ...(outcome.more > 0 ? [{ message: `and ${outcome.more} more of ${count + 1}` }] : []),
      ];
      const example = first === undefined ? "" : `: ${first}`;
      report.add("LK1801", `${name} does not hold${example}`, { at, notes });
      return;
    }
    case "threw": {
      const { site, message, name: error } = outcome;
      const text = error === "" || error === "Error" ? message : `${error}: ${message}`;
      report.add("LK1802", `${name} threw: ${text}`, {
        at,
        ...(site === "" ? {} : { site }),
        ...undeclaredName(message),
      });
      return;
    }
    case "odd":
      report.add("LK1803", `${name} answers ${outcome.what}`, { at });
  }
}
