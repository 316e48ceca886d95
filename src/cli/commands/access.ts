import { someOf } from "../../compiler/diff/key-groups.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { type AccessRow, accessRows, type ExplainedThing, explainAccess } from "../../overlay/access.ts";
import type { Overlay } from "../../overlay/overlay.ts";
import { adminFlags, withAdmin } from "../admin/open-admin.ts";
import { defined } from "../admin/read-values.ts";
import { remoteMatrix, remoteWhy } from "../admin/remote-access.ts";
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
    ...adminFlags,
  },
  notes: [
    "KEY is the public id of a key (the part between the environment and the last underscore), or",
    "tenant/app/name of one that the config declares. THING is a model, an endpoint or a backend.",
    "`access why` ends with 6 where the answer is no.",
    "With --gateway the gateway is asked what it goes by, for the tenants that you belong to.",
  ],
  async run({ flags, words }, context) {
    const [verb, key, thing] = words;
    if (verb !== undefined && (verb !== "why" || key === undefined || thing === undefined)) {
      throw usageError("`latchkey access` takes no words, or `why KEY THING`");
    }
    const { tenant, app, service, key: onlyKey, thing: onlyThing, verbose } = flags;
    const filter = defined({ app, key: onlyKey, service, thing: onlyThing });
    const isWhy = key !== undefined && thing !== undefined;
    if (flags.gateway !== undefined || flags.token !== undefined) {
      if (flags.artifact !== undefined)
        throw usageError("--artifact is looked for in the config's folder: it does not go with --gateway");
      return withAdmin(context, flags, async ({ client }) =>
        isWhy
          ? showWhy(await remoteWhy(client, tenant, { key, thing }), context)
          : showMatrix(await remoteMatrix(client, tenant, filter), { verbose, statuses: new Map() }, context),
      );
    }
    const overlay = await localOverlay(context, flags.artifact);
    if (overlay === undefined) return exitCodes.configErrors;
    if (isWhy) return showWhy(localWhy(overlay, key, thing), context);
    const rows = [...accessRows(overlay, { ...filter, ...defined({ tenant }) })];
    return showMatrix(rows, { verbose, statuses: statusesOf(overlay) }, context);
  },
});

/** Names that a terminal shows of what a key reaches through one service. */
const MOST_NAMES = 8;

/** Status of each version of an endpoint or a backend, by `name@version`. */
function statusesOf({ index }: Overlay): ReadonlyMap<string, string> {
  const { endpoints, backends } = index.artifact;
  return new Map(
    [...endpoints, ...backends].map(({ name, version, status }) => [`${name}@${version}`, status]),
  );
}

function columnsOf(statuses: ReadonlyMap<string, string>, most: number): readonly Column<AccessRow>[] {
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
  rows: readonly AccessRow[],
  { verbose, statuses }: { readonly verbose: boolean; readonly statuses: ReadonlyMap<string, string> },
  { ui }: CommandContext,
): ExitCode {
  ui.data({ access: rows });
  if (rows.length === 0) {
    ui.err.line("No key reaches anything of that.");
    return exitCodes.ok;
  }
  // What is read by programs is never cut short.
  const most = verbose || !ui.out.terminal ? Number.POSITIVE_INFINITY : MOST_NAMES;
  for (const line of tableLines(columnsOf(statuses, most), rows, ui.out)) ui.out.line(line);
  return exitCodes.ok;
}

/** A name that is not there, with one that is much like it. */
function unknownName(words: string, name: string, known: Iterable<string>): LatchkeyError {
  const shown = name.slice(0, MOST_SHOWN);
  const meant = didYouMean(shown, known);
  return new LatchkeyError("LK-6111", `${words} ${JSON.stringify(shown)}${meant === "" ? "." : meant}`);
}

const MOST_SHOWN = 80;

/** Why a key may call something, or may not. */
interface Why {
  readonly key: string;
  readonly methods: readonly string[] | null;
  readonly networks: readonly string[] | null;
  readonly explained: readonly ExplainedThing[];
}

function localWhy(overlay: Overlay, reference: string, thing: string): Why {
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
  const { methods, networks } = key.row;
  return { key: key.reference, methods, networks, explained };
}

function showWhy(why: Why, { ui }: CommandContext): ExitCode {
  const { methods, networks, explained } = why;
  for (const one of explained) tellChain(one, ui.out);
  if (methods !== null) ui.out.line(`The key works for these methods: ${methods.join(", ") || "none"}.`);
  if (networks !== null) ui.out.line(`The key works from these networks: ${networks.join(", ") || "none"}.`);
  ui.data(why);
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
