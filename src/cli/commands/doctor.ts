import type { Look } from "../../compiler/render/paint.ts";
import { defineCommand } from "../command.ts";
import { checkConfig } from "../doctor/check-config.ts";
import { checkMachine } from "../doctor/check-machine.ts";
import { checkState } from "../doctor/check-state.ts";
import type { Finding } from "../doctor/finding.ts";
import { exitCodes } from "../exit-codes.ts";

const LOOK: Readonly<Record<Finding["state"], Look>> = { ok: "green", warn: "yellow", fail: "red" };

/** `latchkey doctor`: looks for what keeps the gateway from serving. */
export const doctor = defineCommand({
  usage: "",
  words: { least: 0, most: 0 },
  flags: {},
  notes: ["It reads and changes nothing. Secrets are looked for by name; their values are not shown."],
  async run(_given, context) {
    const { ui } = context;
    const findings = [
      ...(await checkConfig(context)),
      ...(await checkState(context)),
      ...(await checkMachine(context)),
    ];
    const width = Math.max(...findings.map(({ subject }) => subject.length));
    for (const { subject, state, message, advice } of findings) {
      ui.out.line(`${ui.out.paint(state.padEnd(4), LOOK[state])}  ${subject.padEnd(width)}  ${message}`);
      if (advice !== null) ui.out.line(`      ${" ".repeat(width)}  ${advice}`);
    }
    const healthy = findings.every(({ state }) => state !== "fail");
    ui.data({ ok: healthy, findings });
    return healthy ? exitCodes.ok : exitCodes.notInOrder;
  },
});
