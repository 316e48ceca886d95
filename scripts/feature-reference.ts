import type { CallerDialect, ChatDialect } from "../src/dialects/dialect.ts";
import { askedGroups } from "../test/pairs/features/all.ts";
import type { AskedFeature, FeatureGroup } from "../test/pairs/features/asked.ts";
import { type Outcome, probe } from "../test/pairs/features/probe.ts";
import { probeErrors, probeSeals, probeTold, type ToldOutcome } from "../test/pairs/features/probe-told.ts";
import { toldGroups } from "../test/pairs/features/told-features.ts";
import { callers, vendors } from "../test/pairs/support/translate.ts";
import { traitsOf } from "../test/pairs/support/vendor-answers.ts";

const ASKED: Readonly<Record<Outcome, string>> = {
  passed: "=",
  native: "✓",
  emulated: "≈",
  changed: "◐",
  dropped: "○",
  refused: "✗",
};
const TOLD: Readonly<Record<ToldOutcome, string>> = { told: "✓", otherwise: "≈", hidden: "○", none: "–" };
const CANNOT = "–";

const names = vendors.map(({ name }) => name);

/** The text of `docs/features.md`. */
export async function featureReference(): Promise<string> {
  const asked = await Promise.all(callers.map(askedTables));
  const told = await Promise.all(callers.map(toldTable));
  return `# Features by dialect

Made by \`npm run docs\` from what \`test/pairs/features/\` finds out; do not edit. For every feature a request of each
caller's dialect is put into the words of each vendor's dialect, and the repository's samples of vendors' answers, whole
and streamed, into the words of each caller's.

Whether an official client gets its way from end to end is in [compatibility.md](compatibility.md).

## Legend

| what is asked for | |
| --- | --- |
| = | the caller's bytes pass as they are, but for the model's name: what comes of them is the vendor's business |
| ✓ | native: the vendor has a member for it |
| ≈ | emulated: the vendor is told by other means, such as a tool for a schema, words for a mark, or bytes for a URL, or the gateway does it itself |
| ◐ | changed, and named in \`x-latchkey-changed\` and in the call log: something close is told, such as an effort in place of a number of tokens |
| ○ | dropped, and named in \`x-latchkey-dropped\` and in the call log: the answer stays what was asked for |
| ✗ | refused with \`LK-2110\`, which names the member and the target; the model's next target is asked first |
| – | callers of this dialect have no words for it |

| what is told | |
| --- | --- |
| ✓ | the caller is told |
| ≈ | the caller is told in other words, such as a refusal as text |
| ○ | the caller's dialect has no place for it |
| – | the vendors of this dialect do not tell it, as far as their documented answers go |

What a single model cannot do although its dialect has words for it comes on top. The tables hold for these models;
providers that depart from a dialect are told in their own way ([providers](providers.md) lists who speaks which).

${table(
  ["dialect", "model"],
  vendors.map(({ name }) => [name, `\`${traitsOf(name).upstreamModel}\``]),
)}
## At a glance

Who can ask for it, and what becomes of it with each vendor, whoever asks; two signs where that depends on the caller.

${await glance()}${callers.map(({ name }, index) => `## Requests of ${name}\n\n${asked[index]}`).join("")}${callers.map(({ name }, index) => `## Answers to ${name}\n\n${told[index]}`).join("\n")}
Errors of every vendor come in the caller's shape, with the right status; in the middle of a stream as well, and a stream
that was cut never looks whole.
`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  return line(head) + line(head.map(() => "---")) + rows.map(line).join("");
}

/** Rows of features, a title before those of each group. */
async function grouped<Feature>(
  head: readonly string[],
  groups: readonly FeatureGroup<Feature>[],
  row: (feature: Feature) => Promise<readonly string[] | undefined>,
): Promise<string> {
  const tables = await Promise.all(
    groups.map(async ({ title, features }) => {
      const rows = (await Promise.all(features.map(row))).filter((cells) => cells !== undefined);
      return rows.length === 0 ? "" : `${table([title, ...head], rows)}\n`;
    }),
  );
  return tables.join("");
}

async function outcomeOf(
  feature: AskedFeature,
  caller: CallerDialect,
  vendor: ChatDialect,
): Promise<Outcome | undefined> {
  const asked = feature.asked[caller.name];
  return asked && (await probe(feature, asked, caller, vendor)).outcome;
}

function glance(): Promise<string> {
  const head = [...callers.map(({ name }) => `asks: ${name}`), ...names];
  return grouped(head, askedGroups, async (feature) => {
    const cells = await Promise.all(
      vendors.map(async (vendor) => {
        const all = await Promise.all(callers.map((caller) => outcomeOf(feature, caller, vendor)));
        const signs = all.flatMap((one) => (one === undefined || one === "passed" ? [] : [ASKED[one]]));
        return signs.length === 0 ? "=" : [...new Set(signs)].join(" ");
      }),
    );
    const asks = callers.map(({ name }) => (feature.asked[name] === undefined ? CANNOT : "✓"));
    return [feature.name, ...asks, ...cells];
  });
}

function askedTables(caller: CallerDialect): Promise<string> {
  return grouped(["asked by", ...names], askedGroups, async (feature) => {
    const asked = feature.asked[caller.name];
    if (asked === undefined) return undefined;
    const outcomes = await Promise.all(vendors.map((vendor) => probe(feature, asked, caller, vendor)));
    return [feature.name, `\`${asked.as}\``, ...outcomes.map(({ outcome }) => ASKED[outcome])];
  });
}

async function toldTable(caller: CallerDialect): Promise<string> {
  const tables = await grouped(names, toldGroups, async (feature) => [
    feature.name,
    ...(await Promise.all(vendors.map((vendor) => probeTold(feature, caller, vendor)))).map(
      (outcome) => TOLD[outcome],
    ),
  ]);
  const seals = await Promise.all(vendors.map((vendor) => probeSeals(caller, vendor)));
  const errors = vendors.map((vendor) => probeErrors(caller, vendor));
  const rows = [
    ["sealed thinking that the caller sends back reaches its vendor", ...seals.map((one) => TOLD[one])],
    ["errors, with the vendor's words", ...errors.map((one) => TOLD[one])],
  ];
  return `${tables}${table(["Around it", ...names], rows)}`;
}
