import type { AdminParts } from "../admin-parts.ts";

type Parts = Pick<AdminParts, "artifact" | "logger">;

/**
 * Makes what writes a line into the log for each key of the config that ends so soon that its holder is to be told, as
 * the policy of its tenant says. A key has one line each time the gateway starts, and another one where the config moves
 * its end. Answers how many lines it has written.
 */
export function createDeclaredKeyWarnings({ artifact, logger }: Parts): (nowMs: number) => number {
  let warned: ReadonlySet<string> = new Set();
  return (nowMs) => {
    const { keys, apps, tenants } = artifact().artifact;
    const due = new Set<string>();
    let count = 0;
    for (const { app: appId, name, digest, expiresAtMs } of keys) {
      if (expiresAtMs === null || nowMs >= expiresAtMs) continue;
      const app = apps[appId];
      const tenant = tenants[app?.tenant ?? -1];
      if (app === undefined || tenant === undefined) continue;
      if (nowMs < expiresAtMs - tenant.keys.warnBeforeMs) continue;
      const once = `${digest} ${expiresAtMs}`;
      due.add(once);
      if (warned.has(once)) continue;
      const key = `${tenant.name}/${app.name}/${name}`;
      const expires = new Date(expiresAtMs).toISOString();
      logger.warn("key-expires-soon", { key, name, app: app.name, tenant: tenant.name, expires });
      count += 1;
    }
    warned = due;
    return count;
  };
}
