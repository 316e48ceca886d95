import { LatchkeyError } from "../../kernel/error.ts";
import {
  type AccessFilter,
  type AccessRow,
  accessRows,
  type ExplainedThing,
  explainAccess,
} from "../../overlay/access.ts";
import type { Overlay } from "../../overlay/overlay.ts";
import { option, usageError } from "../args.ts";
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
    return showMatrix([...accessRows(overlay, filter)], context);
  },
});

const COLUMNS: readonly Column<AccessRow>[] = [
  { title: "tenant", text: ({ tenant }) => tenant },
  { title: "app", text: ({ app }) => app },
  { title: "key", text: ({ key }) => key },
  { title: "service", text: ({ service }) => service },
  {
    title: "may call",
    text: ({ models, endpoints, backends }) => [...models, ...endpoints, ...backends].join(", "),
  },
];

function showMatrix(rows: readonly AccessRow[], { ui }: CommandContext): ExitCode {
  for (const line of tableLines(COLUMNS, rows, ui.out)) ui.out.line(line);
  ui.data({ access: rows });
  if (rows.length === 0) ui.err.line("No key reaches anything of that.");
  return exitCodes.ok;
}

function why(overlay: Overlay, reference: string, thing: string, { ui }: CommandContext): ExitCode {
  const key = [...overlay.keys()].find((one) => one.reference === reference);
  if (key === undefined) {
    throw new LatchkeyError(
      "LK-6111",
      `No key that works is called ${JSON.stringify(reference.slice(0, 80))}.`,
    );
  }
  const explained = explainAccess(overlay, key, thing);
  if (explained.length === 0) {
    throw new LatchkeyError(
      "LK-6111",
      `There is no model, endpoint or backend called ${JSON.stringify(thing.slice(0, 80))}.`,
    );
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
