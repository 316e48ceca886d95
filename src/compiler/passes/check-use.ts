import type { Report } from "../report.ts";
import type { ResolvedConfig } from "./resolve-references.ts";

/** Warns of what has a name and no use: most likely it was forgotten somewhere else. */
export function checkUse(config: ResolvedConfig, report: Report): void {
  // Where something could not be read, what it uses is not known.
  if (report.hasErrors) return;
  const { tables } = config;
  const offered = new Set([...config.services.values()].flatMap(({ offers }) => offers ?? []));
  const needed = new Set(tables.endpoints.map(({ options }) => options.model));
  const supplying = new Set([...config.targets.values()].map(({ provider }) => provider));
  for (const { id, name } of tables.models) {
    if (offered.has(id) || needed.has(id)) continue;
    unused("LK1206", id, `no service offers the model ${JSON.stringify(name)} and no endpoint uses it`);
  }
  for (const { id, name, options } of tables.endpoints) {
    if (offered.has(id) || options.status === "retired") continue;
    const version = options.version === undefined ? "" : ` ${options.version.text}`;
    unused("LK1206", id, `no service offers the endpoint ${JSON.stringify(name)}${version}`);
  }
  for (const { id, name, options } of tables.backends) {
    if (offered.has(id) || options.status === "retired") continue;
    unused("LK1206", id, `no service offers the backend ${JSON.stringify(name)}`);
  }
  for (const { id, name } of tables.providers) {
    if (!supplying.has(id))
      unused("LK1207", id, `no model has a target at the provider ${JSON.stringify(name)}`);
  }

  function unused(code: "LK1206" | "LK1207", id: number, message: string): void {
    report.add(code, message, { at: { declaration: id, path: [] } });
  }
}
