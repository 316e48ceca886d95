import { isPrivateHost } from "../read/private-host.ts";
import type { Report, Spot } from "../report.ts";
import { defaultSessions } from "./defaults.ts";
import type { ResolvedConfig } from "./resolve-references.ts";

/** Checks who signs in, which groups have roles, and where messages go. */
export function checkIdentity(config: ResolvedConfig, report: Report): ResolvedConfig {
  checkGroups(config, report);
  checkSignIn(config, report);
  checkWebhooks(config, report);
  for (const [id, { user, password }] of config.smtp) {
    if ((user === undefined) === (password === undefined)) continue;
    const [has, lacks] = user === undefined ? ["password", "user"] : ["user", "password"];
    report.add("LK1327", `there is a ${has} and no ${lacks}`, {
      at: { declaration: id, path: [has] },
      part: "key",
    });
  }
  return config;
}

/** Groups that a provider may well take for the same one. */
function checkGroups({ tables }: ResolvedConfig, report: Report): void {
  for (const { id, options } of tables.tenants) {
    const first = new Map<string, string>();
    for (const [group] of options.groups ?? []) {
      const at: Spot = { declaration: id, path: ["groups", group] };
      const folded = group.trim().toLowerCase();
      if (folded === "") report.add("LK1326", "a group has no name", { at, part: "key" });
      const known = first.get(folded);
      if (known !== undefined) {
        report.add(
          "LK1323",
          `the groups ${JSON.stringify(known)} and ${JSON.stringify(group)} are the same`,
          {
            at,
            part: "key",
            notes: [{ message: "first here", at: { declaration: id, path: ["groups", known] }, part: "key" }],
          },
        );
      } else first.set(folded, group);
    }
  }
}

function checkSignIn(config: ResolvedConfig, report: Report): void {
  const { signIn } = config.gateway;
  if (signIn === undefined) return;
  const at = (...path: readonly (string | number)[]): Spot => ({ declaration: 0, path: ["signIn", ...path] });
  const { oidc = [], link, session, idle } = signIn;
  if (link === false && oidc.length === 0)
    report.add("LK1327", "links are off and there is no identity provider: nobody can sign in", {
      at: at("link"),
    });
  const { sessionMs, idleMs } = defaultSessions;
  if ((idle !== undefined || session !== undefined) && (idle ?? idleMs) > (session ?? sessionMs))
    report.add("LK1327", "idle is longer than a session lasts", {
      at: at(idle === undefined ? "session" : "idle"),
    });
  const first = new Map<string, number>();
  oidc.forEach((id, index) => {
    const name = config.oidc.get(id)?.name;
    if (name === undefined) return;
    const known = first.get(name.toLowerCase());
    if (known === undefined) first.set(name.toLowerCase(), index);
    else {
      report.add("LK1327", `two identity providers are called ${JSON.stringify(name)}`, {
        at: at("oidc", index),
        notes: [{ message: "first here", at: at("oidc", known) }],
      });
    }
  });
}

function checkWebhooks({ webhooks }: ResolvedConfig, report: Report): void {
  for (const [id, { url, allowPrivate }] of webhooks) {
    const parsed = url === undefined ? null : URL.parse(url);
    if (parsed === null || allowPrivate === true) continue;
    const isInternal = isPrivateHost(parsed.hostname, "internal");
    if (parsed.protocol === "https:" && !isInternal) continue;
    const problem = isInternal
      ? "leads to a private network"
      : "is sent over http, where it can be read on the way";
    report.add("LK1328", `the webhook ${problem}`, { at: { declaration: id, path: ["url"] } });
  }
}
