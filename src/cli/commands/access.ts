import { someOf } from "../../compiler/diff/key-groups.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import {
  type AccessFilter,
  type AccessRow,
  accessRows,
  type ExplainedThing,
  explainAccess,
} from "../../overlay/access.ts";
import type { Overlay } from "../../overlay/overlay.ts";
import { didYouMean, flag, option, usageError } from "../args.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { localOverlay } from "../local-overlay.ts";
import { type Column, tableLines } from "../table.ts";
import { plural } from "../text.ts";

/** `latchkey access`: who may call what, and why. */
export const access = defineCommand({
  usage: "[why KEY THING]",
  words: { least: 0, most: 3 },
  flags: {
    artifact: option("current|HASH", "look in this artifact instead of compiling the config"),
    tenant: option("NAME", "only keys of this tenant"),
    app: option("NAME", "only keys of applications of this name"),
    key: option("KEY", "only this key"),
    service: option("NAME", "only what this service opens"),
    thing: option("NAME", "only keys that reach this model, endpoint or backend"),
    verbose: flag("list everything, also where a terminal shows only the beginning"),
  },
  notes: [
    "KEY is the public id of a key (the part between the environment and the last underscore), or",
    "tenant/app/name of one that the config declares. THING is a model, an endpoint or a backend.",
    "`access why` ends with 6 where the answer is no.",
  ],
  async run({ flags, words }, context) {
    const [verb, key, thing] = words;
    if (verb !== undefined && (verb !== "why" || key === undefined || thing === undefined)) {
      throw usageError("`latchkey access` takes no words, or `why KEY THING`");
    }
    const overlay = await localOverlay(context, flags.artifact);
    if (overlay === undefined) return exitCodes.configErrors;
    if (key !== undefined && thing !== undefined) return why(overlay, key, thing, context);
    const { tenant, app, service } = flags;
    const filter: AccessFilter = {
      ...(tenant !== undefined && { tenant }),
      ...(app !== undefined && { app }),
      ...(flags.key !== undefined && { key: flags.key }),
      ...(service !== undefined && { service }),
      ...(flags.thing !== undefined && { thing: flags.thing }),
    };
    return showMatrix(overlay, [...accessRows(overlay, filter)], { verbose: flags.verbose }, context);
  },
});

/** Names that a terminal shows of what a key reaches through one service. */
const MOST_NAMES = 8;

function columnsOf(overlay: Overlay, most: number): readonly Column<AccessRow>[] {
  const { endpoints, backends } = overlay.index.artifact;
  const statuses = new Map(
    [...endpoints, ...backends].map(({ name, version, status }) => [`${name}@${version}`, status]),
  );
  const named = (name: string): string => {
    const status = statuses.get(name) ?? "published";
    return status === "published" ? name : `${name} (${status})`;
  };
  return [
    { title: "tenant", text: ({ tenant }) => tenant },
    { title: "app", text: ({ app }) => app },
    { title: "key", text: ({ key }) => key },
    { title: "service", text: ({ service }) => service },
    {
      title: "may call",
      text: (row) => someOf([...row.models, ...row.endpoints.map(named), ...row.backends.map(named)], most),
    },
  ];
}

function showMatrix(
  overlay: Overlay,
  rows: readonly AccessRow[],
  { verbose }: { readonly verbose: boolean },
  { ui }: CommandContext,
): ExitCode {
  ui.data({ access: rows });
  if (rows.length === 0) {
    ui.err.line("No key reaches anything of that.");
    return exitCodes.ok;
  }
  // What is read by programs is never cut short.
  const most = verbose || !ui.out.terminal ? Number.POSITIVE_INFINITY : MOST_NAMES;
  for (const line of tableLines(columnsOf(overlay, most), rows, ui.out)) ui.out.line(line);
  return exitCodes.ok;
}

/** A name that is not there, with one that is much like it. */
function unknownName(words: string, name: string, known: Iterable<string>): LatchkeyError {
  const shown = name.slice(0, MOST_SHOWN);
  const meant = didYouMean(shown, known);
  return new LatchkeyError("LK-6111", `${words} ${JSON.stringify(shown)}${meant === "" ? "." : meant}`);
}

const MOST_SHOWN = 80;

function why(overlay: Overlay, reference: string, thing: string, { ui }: CommandContext): ExitCode {
  const keys = [...overlay.keys()];
  const key = keys.find((one) => one.reference === reference);
  if (key === undefined) {
    // Only names of the config: one public id is much like another.
    const declared = keys.filter(({ known }) => known === "declared");
    throw unknownName(
      "No key that works is called",
      reference,
      declared.map((one) => one.reference),
    );
  }
  const explained = explainAccess(overlay, key, thing);
  if (explained.length === 0) {
    const { models, endpoints, backends } = overlay.index.offers;
    const known = [models, endpoints, backends].flatMap((offers) => [...offers.keys()]);
    throw unknownName("There is no model, endpoint or backend called", thing, known);
  }
  for (const one of explained) tellChain(one, ui.out);
  const { methods, networks } = key.row;
  if (methods !== null) ui.out.line(`The key works for these methods: ${methods.join(", ") || "none"}.`);
  if (networks !== null) ui.out.line(`The key works from these networks: ${networks.join(", ") || "none"}.`);
  ui.data({ key: key.reference, methods, networks, explained });
  const refused = explained.filter(({ allowed }) => !allowed);
  if (refused.length === 0) return exitCodes.ok;
  if (explained.length > 1)
    ui.out.line(`Refused: ${plural(refused.length, "version")} of ${explained.length}.`);
  return exitCodes.notInOrder;
}

function tellChain({ kind, name, allowed, chain }: ExplainedThing, out: CommandContext["ui"]["out"]): void {
  const verdict = allowed ? out.paint("allowed", "bold", "green") : out.paint("refused", "bold", "red");
  out.line(`${kind.slice(0, -1)} ${name}: ${verdict}`);
  for (const { holds, says } of chain) {
    out.line(`  ${holds ? out.paint("✓", "green") : out.paint("✗", "red")} ${says}`);
  }
}
