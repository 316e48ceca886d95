import { diffArtifacts } from "../../compiler/diff/diff-artifacts.ts";
import type { PlanReport } from "../../compiler/diff/plan-report.ts";
import { renderPlan } from "../../compiler/diff/render-plan.ts";
import { flag, option, usageError } from "../args.ts";
import { readCurrent, readNamed, shortHash } from "../artifacts.ts";
import { defineCommand } from "../command.ts";
import { compileOrShow } from "../compile-config.ts";
import { exitCodes } from "../exit-codes.ts";
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
  },
  notes: [
    "--accept widening lets changes pass by which someone may reach, use or spend more;",
    "--accept breaking lets every change pass. Without it such a plan exits with 4.",
  ],
  async run({ flags }, context) {
    const accept = readAcceptance(flags.accept);
    const { ui, root } = context;
    const compiled = await compileOrShow(context);
    if (compiled === undefined) return exitCodes.configErrors;
    const { directory } = stateFiles(root);
    const before = flags.against === undefined ? readCurrent(directory) : readNamed(directory, flags.against);
    const report = diffArtifacts(before?.artifact ?? null, compiled.artifact);
    const accepted = isAccepted(report.verdict, accept);
    ui.out.line(renderPlan(report, { colour: ui.out.colour, verbose: flags.verbose }));
    if (!accepted) ui.err.line(refusal(report.verdict));
    ui.data({ before: before?.hash ?? null, after: compiled.hash, accepted, ...report });
    ui.out.line(`${before === undefined ? "nothing" : shortHash(before.hash)} → ${shortHash(compiled.hash)}`);
    return accepted ? exitCodes.ok : exitCodes.notAccepted;
  },
});

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
