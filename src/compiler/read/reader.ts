import type { ConfigGraph, DeclarationKind, GraphValue } from "../evaluate/graph.ts";
import type { Report, Spot } from "../report.ts";
import { describeValue, isTagged, kindWithArticle } from "./describe-value.ts";

/** What readers work with. */
export interface ReadContext {
  readonly graph: ConfigGraph;
  readonly report: Report;
}

/** Reads a value of the graph; undefined where it is wrong, which it then has reported. */
export type Reader<T> = (value: GraphValue, at: Spot, context: ReadContext) => T | undefined;

/** The spot of a value inside another one. */
export function inside(at: Spot, ...steps: readonly (string | number)[]): Spot {
  return { declaration: at.declaration, path: [...at.path, ...steps] };
}

/** Reports a value of the wrong type. @param suggestion what to write instead, where that is known */
export function wrongType(
  value: GraphValue,
  at: Spot,
  wanted: string,
  { graph, report }: ReadContext,
  suggestion?: string,
): undefined {
  const isFunction = isTagged(value) && (value.$ === "function" || value.$ === "prompt");
  const name = lastName(at);
  const help = { at, ...(suggestion === undefined ? {} : { suggestion }) };
  if (isFunction) report.add("LK1107", `${name} is a function; it takes ${wanted}`, help);
  else report.add("LK1102", `${name} is ${describeValue(value, graph)}; it takes ${wanted}`, help);
  return undefined;
}

/** The name that a reader of a message knows a value by. */
export function lastName({ path }: Spot): string {
  const index = path.findLastIndex((step) => typeof step === "string");
  const name = path[index];
  if (name === undefined) return "this";
  return `${name}${path
    .slice(index + 1)
    .map((step) => `[${step}]`)
    .join("")}`;
}

/** Any text. */
export const text: Reader<string> = (value, at, context) =>
  typeof value === "string" ? value : wrongType(value, at, "a text", context);

/** True or false. */
export const flag: Reader<boolean> = (value, at, context) =>
  typeof value === "boolean" ? value : wrongType(value, at, "true or false", context);

/** A number of a range, both ends included. */
export function numberBetween(least: number, most: number): Reader<number> {
  return (value, at, context) => {
    if (typeof value !== "number") return wrongType(value, at, "a number", context);
    if (value >= least && value <= most) return value;
    context.report.add("LK1314", `${lastName(at)} is ${value}; it must be from ${least} to ${most}`, { at });
    return undefined;
  };
}

/** A whole number of a range, both ends included. */
export function wholeNumber(least: number, most: number = Number.MAX_SAFE_INTEGER): Reader<number> {
  return (value, at, context) => {
    if (typeof value !== "number") return wrongType(value, at, "a whole number", context);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `at least ${least}` : `from ${least} to ${most}`;
    context.report.add("LK1314", `${lastName(at)} is ${value}; it must be a whole number, ${range}`, { at });
    return undefined;
  };
}

/** A list, each item read on its own; items that are wrong are left out. */
export function listOf<T>(read: Reader<T>): Reader<readonly T[]> {
  return (value, at, context) => {
    if (!Array.isArray(value)) return wrongType(value, at, "a list", context);
    const items: readonly GraphValue[] = value;
    return items
      .map((item, index) => read(item, inside(at, index), context))
      .filter((item) => item !== undefined) as readonly T[];
  };
}

/** An object whose keys are names of the config's author. */
export function recordOf<T>(read: Reader<T>): Reader<readonly (readonly [string, T])[]> {
  return (value, at, context) => {
    if (!isTagged(value) || value.$ !== "object") return wrongType(value, at, "an object", context);
    const members: (readonly [string, T])[] = [];
    for (const [name, member] of Object.entries(value.fields)) {
      const item = read(member, inside(at, name), context);
      if (item !== undefined) members.push([name, item]);
    }
    return members;
  };
}

/** A declaration of one of some kinds, by its id. */
export function declarationOf(...kinds: readonly [DeclarationKind, ...DeclarationKind[]]): Reader<number> {
  return (value, at, context) => {
    const { graph, report } = context;
    const found = isTagged(value) && value.$ === "declaration" ? graph.declarations[value.id] : undefined;
    if (found !== undefined && isTagged(value) && value.$ === "declaration") {
      if (kinds.includes(found.kind)) return value.id;
      if (found.kind === "provider" && kinds.includes("target")) {
        const suggestion = 'call the provider with a model id, as in `oai("gpt-6-luna")`';
        report.add("LK1108", `${lastName(at)} is a provider; it takes a target`, { at, suggestion });
        return undefined;
      }
    }
    if (isTagged(value) && value.$ === "other" && value.what === "undefined") {
      const suggestion = `declare it above the place that uses it${kinds.includes("service") ? ", or write `uses: () => […]`" : ""}`;
      report.add("LK1108", `${lastName(at)} is not declared yet`, { at, suggestion });
      return undefined;
    }
    const wanted = kinds.map(kindWithArticle).join(" or ");
    const isFunction = isTagged(value) && value.$ === "function";
    if (isFunction) return wrongType(value, at, wanted, context);
    report.add("LK1108", `${lastName(at)} is ${describeValue(value, graph)}; it takes ${wanted}`, { at });
    return undefined;
  };
}
