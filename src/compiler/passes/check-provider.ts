import { credentialWays } from "../read/shapes/credential-ways.ts";
import { profileOf } from "../read/shapes/provider.ts";
import type { Report } from "../report.ts";
import type { ResolvedConfig } from "./resolve-references.ts";

/** Checks which options of a provider go together. */
export function checkProvider(config: ResolvedConfig, id: number, report: Report): void {
  const options = config.providers.get(id);
  const profile = options && profileOf(options.type);
  if (profile === undefined) return;
  // What was written, also where it is wrong: that has been reported.
  const written = new Set(Object.keys(config.graph.declarations[id]?.fields ?? {}));
  checkCredentials(profile.auth.kind, id, written, report);
  if (!written.has("baseUrl")) return;
  for (const { name, always, optional } of profile.options ?? []) {
    if (!written.has(name) || always === true || optional === true) continue;
    report.add("LK1321", `${name} has no effect beside baseUrl`, {
      at: { declaration: id, path: [name] },
      part: "key",
      suggestion: `remove ${name}, or baseUrl`,
    });
  }
}

function checkCredentials(
  kind: keyof typeof credentialWays,
  id: number,
  written: ReadonlySet<string>,
  report: Report,
): void {
  const ways = credentialWays[kind];
  if (ways.length === 1) return;
  const begun = ways.filter(({ needs, may = [] }) => [...needs, ...may].some((name) => written.has(name)));
  const [way, other] = begun;
  if (way === undefined) {
    const suggestion = `write \`${ways.map(({ example }) => example).join("` or `")}\``;
    report.add("LK1103", "a credential is missing", { at: { declaration: id, path: [] }, suggestion });
    return;
  }
  if (other !== undefined) {
    const [first, second] = [way, other].map(({ needs, may = [] }) =>
      [...needs, ...may].find((name) => written.has(name)),
    );
    report.add("LK1321", `${first} and ${second} are two credentials; a provider takes one`, {
      at: { declaration: id, path: [second ?? ""] },
      part: "key",
    });
    return;
  }
  for (const name of way.needs.filter((needed) => !written.has(needed))) {
    const suggestion = `write \`${way.example}\``;
    report.add("LK1103", `the option ${name} is missing`, { at: { declaration: id, path: [] }, suggestion });
  }
}
