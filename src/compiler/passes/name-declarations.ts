import type { ConfigGraph, DeclarationKind, GraphValue } from "../evaluate/graph.ts";
import { formatPath } from "../format-path.ts";
import { isTagged, kindWithArticle } from "../read/describe-value.ts";
import type { Report, Spot } from "../report.ts";
import { suggest } from "../suggest.ts";
import { checkName } from "./check-name.ts";

/** A config whose declarations have names and paths. */
export interface NamedConfig {
  readonly graph: ConfigGraph;
  /** Path in the config by declaration id: `tenants.shop.apps.checkout`. */
  readonly paths: readonly string[];
  /** Names of the declarations that have one, by id. */
  readonly names: ReadonlyMap<number, string>;
}

/** Records of named declarations, by the kind of declaration that holds them. */
const RECORDS: Readonly<Partial<Record<DeclarationKind, readonly string[]>>> = {
  gateway: ["providers", "models", "endpoints", "backends", "services", "tenants", "webhooks"],
  tenant: ["apps"],
  app: ["keys"],
};

/** Gives each declaration the name under which it is handed over, and a path. */
export function nameDeclarations(graph: ConfigGraph, report: Report): NamedConfig {
  const namer = new Namer(graph, report);
  namer.nameAll();
  return { graph, paths: namer.paths, names: namer.names };
}

class Namer {
  readonly paths: string[];
  readonly names = new Map<number, string>();
  readonly #named = new Map<number, Spot>();
  readonly #graph: ConfigGraph;
  readonly #report: Report;

  constructor(graph: ConfigGraph, report: Report) {
    this.#graph = graph;
    this.#report = report;
    this.paths = graph.declarations.map(() => "");
  }

  /** Named ones first, so that a path is the one by which people know a declaration; then all others. */
  nameAll(): void {
    const seen = new Set([0]);
    this.#records(0);
    for (const id of this.#named.keys()) seen.add(id);
    const waiting = [0, ...this.#named.keys()];
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      for (const [path, id] of this.#referred(next)) {
        if (seen.has(id)) continue;
        seen.add(id);
        this.paths[id] = formatPath(this.paths[next] ?? "", path);
        waiting.push(id);
      }
    }
  }

  #records(id: number): void {
    const declaration = this.#graph.declarations[id];
    if (declaration === undefined) return;
    const { fields } = declaration;
    const records = RECORDS[declaration.kind] ?? [];
    for (const record of records) {
      // Under a misspelled name it is there all the same: what stands in it need not be found missing, too.
      const unknown = Object.keys(fields).filter((name) => !records.includes(name));
      const written = Object.hasOwn(fields, record) ? record : suggest(record, unknown);
      const value = written === undefined ? undefined : fields[written];
      if (value === undefined || !isTagged(value) || value.$ !== "object") continue;
      for (const [name, member] of Object.entries(value.fields)) {
        const at: Spot = { declaration: id, path: [written ?? record, name] };
        checkName(record, name, at, this.#report);
        this.#member(member, name, at);
      }
    }
  }

  #member(value: GraphValue, name: string, at: Spot): void {
    if (Array.isArray(value)) {
      const items: readonly GraphValue[] = value;
      items.forEach((item, index) => {
        this.#member(item, name, { ...at, path: [...at.path, index] });
      });
    } else if (isTagged(value) && value.$ === "declaration") {
      this.#name(value.id, name, at);
    }
  }

  #name(id: number, name: string, at: Spot): void {
    const first = this.#named.get(id);
    const kind = this.#graph.declarations[id]?.kind ?? "gateway";
    if (first !== undefined) {
      const message = `${kindWithArticle(kind)} is handed over as ${JSON.stringify(name)} and as ${JSON.stringify(this.names.get(id))}`;
      this.#report.add("LK1106", message, { at, notes: [{ message: "first here", at: first }] });
      return;
    }
    this.#named.set(id, at);
    this.names.set(id, name);
    this.paths[id] = formatPath(this.paths[at.declaration] ?? "", at.path);
    this.#records(id);
  }

  /** Declarations that one declaration refers to, with the way there. */
  #referred(id: number): readonly (readonly [Spot["path"], number])[] {
    const found: (readonly [Spot["path"], number])[] = [];
    const visit = (value: GraphValue, path: Spot["path"]): void => {
      if (Array.isArray(value)) {
        const items: readonly GraphValue[] = value;
        items.forEach((item, index) => {
          visit(item, [...path, index]);
        });
      } else if (isTagged(value) && value.$ === "declaration") found.push([path, value.id]);
      else if (isTagged(value) && value.$ === "object") {
        for (const [name, member] of Object.entries(value.fields)) visit(member, [...path, name]);
      }
    };
    const declaration = this.#graph.declarations[id];
    for (const [name, value] of Object.entries(declaration?.fields ?? {})) visit(value, [name]);
    for (const value of Object.values(declaration?.head ?? {})) visit(value, []);
    return found;
  }
}
