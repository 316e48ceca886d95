import { isMailAddress } from "../read/words.ts";
import type { Report, Spot } from "../report.ts";
import { suggest } from "../suggest.ts";
import { canSee, statusOf } from "./reach.ts";
import type { ResolvedConfig } from "./resolve-references.ts";
import { isWrittenEmpty } from "./written-empty.ts";

/** Checks services, what applications use of them, and who approves. Keys have a pass of their own. */
export function checkAccess(config: ResolvedConfig, report: Report): ResolvedConfig {
  checkServices(config, report);
  checkApps(config, report);
  checkApprovals(config, report);
  checkMembers(config, report);
  return config;
}

function checkServices(config: ResolvedConfig, report: Report): void {
  for (const { id, name, options } of config.tables.services) {
    const { offers = [], visibility } = options;
    const quoted = JSON.stringify(name);
    if (isWrittenEmpty(config, id, "offers")) {
      report.add("LK1503", `the service ${quoted} offers nothing`, {
        at: { declaration: id, path: ["offers"] },
      });
    }
    const isDead = offers.every((offer) => ["draft", "retired"].includes(statusOf(config, offer) ?? ""));
    if (offers.length > 0 && isDead) {
      const message = `the service ${quoted} offers only endpoints that are drafts or retired`;
      report.add("LK1502", message, { at: { declaration: id, path: ["offers"] } });
    }
    reportRepeated(offers, id, "offers", report);
    if (typeof visibility === "object") reportRepeated(visibility, id, "visibility", report);
  }
}

function checkApps(config: ResolvedConfig, report: Report): void {
  const { tables, tableIds } = config;
  for (const app of tables.apps) {
    const tenant = tables.tenants[app.tenant];
    const { uses } = app.options;
    if (isWrittenEmpty(config, app.id, "uses")) {
      const message = `the application ${JSON.stringify(app.name)} uses no service, so its keys reach nothing until it is subscribed to one`;
      report.add("LK1507", message, { at: { declaration: app.id, path: ["uses"] } });
    }
    reportRepeated(uses ?? [], app.id, "uses", report);
    uses?.forEach((used, index) => {
      const service = tables.services[tableIds.get(used) ?? -1];
      if (service === undefined || tenant === undefined || canSee(service.options, tenant.id)) return;
      const message = `the tenant ${JSON.stringify(tenant.name)} may not see the service ${JSON.stringify(service.name)}`;
      report.add("LK1501", message, {
        at: { declaration: app.id, path: ["uses", index] },
        notes: [
          {
            message: "its visibility is decided here",
            at: { declaration: service.id, path: ["visibility"] },
          },
        ],
      });
    });
  }
}

function checkApprovals(config: ResolvedConfig, report: Report): void {
  const names = config.tables.tenants.map(({ name }) => name);
  for (const [id, approval] of config.approvals) {
    if (approval.mode !== "automatic") continue;
    approval.tenants?.forEach((name, index) => {
      if (names.includes(name)) return;
      const meant = suggest(name, names);
      report.add("LK1210", `there is no tenant ${JSON.stringify(name)}`, {
        at: { declaration: id, path: ["tenants", index] },
        ...(meant === undefined ? {} : { suggestion: `did you mean ${JSON.stringify(meant)}?` }),
      });
    });
    if (config.approvals.get(approval.otherwise)?.mode === "automatic") {
      const message = "what applies otherwise must be approval.none() or approval.by(…)";
      report.add("LK1108", message, { at: { declaration: approval.otherwise, path: [] } });
    }
  }
  for (const { options } of config.tables.services)
    checkQuorum(config, options.owner, options.approval, report);
}

/** Whoever waits for a quorum that cannot come together waits for ever. */
function checkQuorum(
  config: ResolvedConfig,
  owner: number | undefined,
  approvalId: number | undefined,
  report: Report,
): void {
  const approval = config.approvals.get(approvalId ?? -1);
  if (approval === undefined) return;
  if (approval.mode === "automatic") checkQuorum(config, owner, approval.otherwise, report);
  if (approval.mode !== "by") return;
  const tenant = config.tenants.get(owner ?? -1);
  if (tenant === undefined) return;
  const able = (tenant.members ?? []).filter(([, role]) => approval.roles.includes(role)).length;
  if (able >= approval.quorum) return;
  const who = `${able} ${able === 1 ? "member" : "members"} of ${config.paths[owner ?? -1]}`;
  const message = `an approval needs ${approval.quorum} of ${approval.roles.join(" or ")}, and ${who} ${able === 1 ? "is" : "are"} that`;
  report.add("LK1505", message, { at: { declaration: approvalId ?? 0, path: [] } });
}

function checkMembers({ tables }: ResolvedConfig, report: Report): void {
  for (const { id, options } of tables.tenants) {
    const first = new Map<string, string>();
    for (const [address] of options.members ?? []) {
      const at: Spot = { declaration: id, path: ["members", address] };
      if (!isMailAddress(address)) {
        report.add("LK1316", `${JSON.stringify(address)} is no e-mail address`, { at, part: "key" });
        continue;
      }
      const known = first.get(address.toLowerCase());
      if (known === undefined) first.set(address.toLowerCase(), address);
      else {
        const message = `the members ${JSON.stringify(known)} and ${JSON.stringify(address)} are the same person`;
        const before: Spot = { declaration: id, path: ["members", known] };
        report.add("LK1329", message, {
          ...{ at, part: "key" },
          notes: [{ message: "first here", at: before, part: "key" }],
        });
      }
    }
  }
}

/** The second mention of something in a list. */
function reportRepeated(ids: readonly number[], owner: number, name: string, report: Report): void {
  ids.forEach((id, index) => {
    if (ids.indexOf(id) === index) return;
    report.add("LK1211", `${name} names the same thing twice`, {
      at: { declaration: owner, path: [name, index] },
      notes: [{ message: "first here", at: { declaration: owner, path: [name, ids.indexOf(id)] } }],
    });
  });
}
