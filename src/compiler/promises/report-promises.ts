import type { OfferKind } from "../../artifact/offer-kind.ts";
import type { ResolvedConfig } from "../passes/resolve-references.ts";
import type { Report, Spot } from "../report.ts";
import type { PromiseBreak } from "./backend-breaks.ts";
import type { Loss, LossCause } from "./losses.ts";
import type { PromiseIndex, Thing } from "./promised-things.ts";
import type { User } from "./users.ts";

/** Where broken promises are told. */
export interface PromiseReport {
  readonly config: ResolvedConfig;
  readonly after: PromiseIndex;
  readonly report: Report;
  /** Whether they are warnings. */
  readonly warnOnly: boolean;
}

/** What a version breaks by one of its options. */
export interface BrokenVersion {
  readonly thing: Thing;
  /** Its id in the new artifact. */
  readonly id: number;
  /** At least one. */
  readonly breaks: readonly PromiseBreak[];
  readonly users: readonly User[];
}

/** Breaks and users that are listed; of the others only the number is. */
const MOST_LISTED = 20;

const NOUN: Readonly<Record<OfferKind, string>> = {
  models: "model",
  endpoints: "endpoint",
  backends: "backend",
};

/** One diagnostic for each option of a version that breaks its callers, with all that it breaks. */
export function reportBreaks({ thing, id, breaks, users }: BrokenVersion, told: PromiseReport): void {
  const [first, ...others] = breaks;
  if (first === undefined) return;
  const code = thing.kind === "endpoints" ? "LK1811" : "LK1812";
  told.report.add(code, `${thingText(thing)} breaks its callers: ${first.says}`, {
    at: { declaration: declarationOf(told, thing.kind, id), path: [first.option] },
    notes: [
      ...listed(
        others.map(({ says }) => says),
        "more",
      ),
      ...userNotes(users),
    ],
    suggestion: `publish it as version ${nextMajor(thing, told)}.0.0 beside this one, or say \`--allow-breaking\``,
    ...severity(told),
  });
}

function nextMajor({ kind, name }: Thing, { after }: PromiseReport): number {
  const rows: readonly { readonly name: string; readonly major?: number }[] = after.artifact[kind];
  return 1 + Math.max(...rows.filter((row) => row.name === name).map(({ major = 0 }) => major));
}

/** One diagnostic for each thing that goes while somebody uses it; a note where somebody has only asked for it. */
export function reportLoss({ cause, users }: Loss, told: PromiseReport): void {
  const active = users.filter(({ subscription }) => subscription?.state !== "requested");
  const at = placeOf(cause, told);
  const notes = userNotes(users);
  if (active.length === 0) {
    told.report.add("LK1815", `${causeText(cause)}, and somebody has asked for it`, { at, notes });
    return;
  }
  const count = active.length === 1 ? "1 application uses" : `${active.length} applications use`;
  told.report.add(cause.of === "service" ? "LK1814" : "LK1813", `${causeText(cause)}, and ${count} it`, {
    ...{ at, notes },
    suggestion: "let them move first, or say `--allow-retire`",
    ...severity(told),
  });
}

function severity({ warnOnly }: PromiseReport): { readonly severity?: "warning" } {
  return warnOnly ? { severity: "warning" } : {};
}

function causeText(cause: LossCause): string {
  if (cause.of === "service") {
    const name = JSON.stringify(cause.service);
    return cause.how === "removed"
      ? `the service ${name} is removed`
      : `the service ${name} is hidden from its subscribers`;
  }
  const what = thingText(cause.thing);
  switch (cause.how) {
    case "removed":
      return `${what} is removed`;
    case "retired":
      return `${what} is retired`;
    case "draft":
      return `${what} is a draft again`;
    case "unoffered":
      return `the service ${JSON.stringify(cause.service)} no longer offers ${what}`;
    case "renumbered":
      return `${what} has another version number, which subscriptions do not name`;
  }
}

function thingText({ kind, name, major }: Thing): string {
  return `the ${NOUN[kind]} ${JSON.stringify(name)}${major === null ? "" : ` v${major}`}`;
}

function userNotes(users: readonly User[]): readonly { readonly message: string }[] {
  const rest = users.length === MOST_LISTED + 1 ? "more application" : "more applications";
  return listed(users.map(userText), rest);
}

function userText({ tenant, app, service, subscription }: User): string {
  const who = `${tenant}/${app}`;
  if (subscription === null) return `${who} uses the service ${service}, by the config`;
  if (subscription.state === "approved")
    return `${who} is subscribed to the service ${service} (${subscription.id})`;
  return `${who} has asked for the service ${service} (${subscription.id})`;
}

function listed(lines: readonly string[], rest: string): readonly { readonly message: string }[] {
  const shown = [...new Set(lines)];
  const more = shown.length - MOST_LISTED;
  return [...shown.slice(0, MOST_LISTED), ...(more > 0 ? [`and ${more} ${rest}`] : [])].map((message) => ({
    message,
  }));
}

/** What is gone has no place of its own: then it is where it was offered. */
function placeOf(cause: LossCause, told: PromiseReport): Spot {
  const service = told.after.services.get(cause.service);
  const table = told.config.tables.services;
  const ofService = (option: string): Spot => {
    const id = table[service ?? -1]?.id;
    return id === undefined ? { declaration: 0, path: ["services"] } : { declaration: id, path: [option] };
  };
  if (cause.of === "service") return ofService("visibility");
  const { kind, name, major } = cause.thing;
  const id = told.after.things.get(`${kind} ${name} ${major ?? ""}`);
  if (id === undefined || cause.how === "unoffered") return ofService("offers");
  const option = cause.how === "renumbered" ? "version" : "status";
  return { declaration: declarationOf(told, kind, id), path: [option] };
}

/** Places in tables are ids of the artifact. */
function declarationOf({ config }: PromiseReport, kind: OfferKind, id: number): number {
  return config.tables[kind][id]?.id ?? 0;
}
