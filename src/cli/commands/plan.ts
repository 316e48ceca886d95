import type { Artifact } from "../../artifact/artifact.ts";
import { type ChangePlan, planChange } from "../../compiler/diff/plan-change.ts";
import type { PlanReport } from "../../compiler/diff/plan-report.ts";
import { renderKeys } from "../../compiler/diff/render-keys.ts";
import { type PlanEnds, renderMarkdown } from "../../compiler/diff/render-markdown.ts";
import { renderPlan } from "../../compiler/diff/render-plan.ts";
import { flag, option, usageError } from "../args.ts";
import { readCurrent, readNamed, shortHash } from "../artifacts.ts";
import { defineCommand } from "../command.ts";
import { compileOrShow } from "../compile-config.ts";
import { exitCodes } from "../exit-codes.ts";
import { decisionsOf } from "../local-overlay.ts";
import { decideArtifact } from "../plan/decided-reach.ts";
import type { Ui } from "../ui.ts";
import { stateFiles } from "../wire.ts";

const acceptances = ["widening", "breaking"] as const;

type Acceptance = (typeof acceptances)[number];

/** `latchkey plan`: what a changed config would change, for whom. */
export const plan = defineCommand({
  usage: "",
  words: { least: 0, most: 0 },
  flags: {
    against: option("HASH", "compare with this artifact instead of the current one"),
    accept: option("EFFECT", "accept changes that are widening, or also those that are breaking"),
    verbose: flag("show every detail"),
    markdown: flag("in Markdown, for a pull request"),
  },
  notes: [
    "Keys that were issued and subscriptions are read from .latchkey/records.sqlite.",
    "--accept widening lets changes pass by which someone may reach, use or spend more;",
    "--accept breaking lets every change pass. Without it such a plan exits with 4.",
  ],
  async run({ flags }, context) {
    const accept = readAcceptance(flags.accept);
    const { ui, root } = context;
    if (flags.markdown && ui.json)
      throw usageError("--markdown and --json are two forms of the same: take one");
    const compiled = await compileOrShow(context);
    if (compiled === undefined) return exitCodes.configErrors;
    const { directory } = stateFiles(root);
    const before = flags.against === undefined ? readCurrent(directory) : readNamed(directory, flags.against);
    const decisions = await decisionsOf(root);
    const decide = (artifact: Artifact) => decideArtifact(artifact, decisions, context.io.clock);
    const report = planChange(
      before === undefined ? null : decide(before.artifact),
      decide(compiled.artifact),
    );
    const accepted = isAccepted(report.verdict, accept);
    const ends = {
      before: before === undefined ? null : shortHash(before.hash),
      after: shortHash(compiled.hash),
    };
    if (flags.markdown) ui.out.line(renderMarkdown(report, ends));
    else show(report, ends, flags.verbose, ui);
    if (!accepted) ui.err.line(refusal(report.verdict));
    ui.data({ before: before?.hash ?? null, after: compiled.hash, accepted, ...report });
    return accepted ? exitCodes.ok : exitCodes.notAccepted;
  },
});

function show(report: ChangePlan, { before, after }: PlanEnds, verbose: boolean, { out }: Ui): void {
  const options = { colour: out.colour, verbose };
  out.line(renderPlan(report, options));
  const keys = renderKeys(report.keys, options);
  if (keys !== "") out.line(`\n${keys}`);
  out.line(`${before ?? "nothing"} → ${after}`);
}

function readAcceptance(text: string | undefined): Acceptance | undefined {
  if (text === undefined) return undefined;
  const found = acceptances.find((acceptance) => acceptance === text);
  if (found === undefined) throw usageError(`--accept takes widening or breaking, not "${text}"`);
  return found;
}

/** Whoever accepts breaking changes accepts widening ones, too. */
function isAccepted(verdict: PlanReport["verdict"], accept: Acceptance | undefined): boolean {
  if (verdict === "breaking") return accept === "breaking";
  return verdict !== "widening" || accept !== undefined;
}

function refusal(verdict: PlanReport["verdict"]): string {
  const what = verdict === "breaking" ? "is breaking" : "widens access";
  return `LK-6106: the change ${what}. Read it, then run \`latchkey plan --accept ${verdict}\`.`;
}
