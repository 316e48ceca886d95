import { demoModelIds } from "../../catalog/demo-models.ts";
import { formatDuration } from "../../kernel/duration.ts";
import type { DeclaredProvider } from "../read/shapes/provider.ts";
import type { ReadTarget } from "../read/shapes/supply.ts";
import type { Report, Spot } from "../report.ts";
import { suggest } from "../suggest.ts";
import { checkHeaders } from "./check-headers.ts";
import { checkProvider } from "./check-provider.ts";
import { defaultTimeouts } from "./defaults.ts";
import type { ResolvedConfig } from "./resolve-references.ts";
import { spokenNames, targetDialect } from "./target-dialect.ts";
import { isWrittenEmpty } from "./written-empty.ts";

/** Checks providers, targets and models. */
export function checkSupply(config: ResolvedConfig, report: Report): ResolvedConfig {
  for (const [id, options] of config.providers) {
    checkProvider(config, id, report);
    checkHeaders(id, options, report);
    checkTimeouts(id, options.timeouts, { ...config.gateway.timeouts, ...options.timeouts }, report);
  }
  checkTimeouts(0, config.gateway.timeouts, config.gateway.timeouts, report);
  checkTargets(config, report);
  checkModels(config, report);
  return config;
}

type Timeouts = ResolvedConfig["gateway"]["timeouts"];

/** A part of a call that may take longer than the call is no limit at all. */
function checkTimeouts(
  id: number,
  own: Omit<NonNullable<Timeouts>, "request"> | undefined,
  whole: Partial<NonNullable<Timeouts>> | undefined,
  report: Report,
): void {
  const total = whole?.total ?? defaultTimeouts.total;
  for (const name of ["connect", "firstToken", "idle"] as const) {
    const limit = own?.[name];
    if (limit === undefined || limit <= total) continue;
    const message = `${name} is ${formatDuration(limit)}, but a whole call may take only ${formatDuration(total)}`;
    report.add("LK1318", message, { at: { declaration: id, path: ["timeouts", name] } });
  }
}

function checkTargets(config: ResolvedConfig, report: Report): void {
  for (const [id, target] of config.targets) {
    const provider = config.providers.get(target.provider ?? -1);
    const { upstreamModel } = target;
    if (upstreamModel === undefined || provider === undefined) continue;
    const at = { declaration: id, path: [] };
    checkDialect(provider, target, at, report);
    if (upstreamModel.trim() === "") report.add("LK1102", "a target's model id is an empty text", { at });
    else if (provider.type === "demo") checkDemoModel(upstreamModel, at, report);
  }
}

function checkDialect(
  provider: DeclaredProvider,
  { dialect, upstreamModel = "", baseModel = upstreamModel }: ReadTarget,
  at: Spot,
  report: Report,
): void {
  if (dialect === undefined || targetDialect(provider, baseModel, dialect) !== undefined) return;
  const spoken = spokenNames(provider);
  const message =
    spoken.length === 0
      ? "providers of this type have no chat models"
      : `its dialects are ${spoken.join(", ")}`;
  report.add("LK1606", `a provider of type ${provider.type} does not speak ${dialect}`, {
    at: { ...at, path: ["dialect"] },
    notes: [{ message }],
  });
}

function checkDemoModel(id: string, at: Spot, report: Report): void {
  const known: readonly string[] = demoModelIds;
  if (known.includes(id)) return;
  const meant = suggest(id, known);
  report.add("LK1602", `the demo provider has no model ${JSON.stringify(id)}`, {
    at,
    notes: [{ message: `its models are ${known.join(", ")}` }],
    ...(meant === undefined ? {} : { suggestion: `did you mean ${JSON.stringify(meant)}?` }),
  });
}

function checkModels(config: ResolvedConfig, report: Report): void {
  for (const [id, { targets, routing }] of config.models) {
    if (targets === undefined) continue;
    if (isWrittenEmpty(config, id, "targets")) {
      report.add("LK1605", "a model has no targets", { at: { declaration: id, path: ["targets"] } });
    }
    const first = new Map<string, number>();
    targets.forEach((targetId, index) => {
      const target = config.targets.get(targetId);
      if (target === undefined) return;
      const key = sameTarget(target);
      const known = first.get(key);
      if (known === undefined) first.set(key, index);
      else {
        report.add("LK1604", "a model names the same target twice", {
          at: { declaration: id, path: ["targets", index] },
          notes: [{ message: "first here", at: { declaration: id, path: ["targets", known] } }],
        });
      }
    });
    const attempts = config.fallbacks.get(routing ?? -1)?.attempts;
    if (attempts !== undefined && attempts > targets.length && targets.length > 0) {
      const message = `attempts is ${attempts}, but the model has ${targets.length} targets`.replace(
        /\b1 targets/,
        "1 target",
      );
      report.add("LK1603", message, { at: { declaration: routing ?? id, path: ["attempts"] } });
    }
  }
}

function sameTarget({ provider, upstreamModel, dialect }: ReadTarget): string {
  return `${provider}/${upstreamModel}/${dialect ?? ""}`;
}
