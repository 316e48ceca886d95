import type { Artifact } from "../../artifact/artifact.ts";
import { errorTable } from "../../kernel/codes.ts";
import { toLatchkeyError } from "../../kernel/error.ts";
import { describeSecret } from "../../kernel/secret.ts";
import { readCurrent, shortHash } from "../artifacts.ts";
import type { CommandContext } from "../command.ts";
import { compileConfig, compiledOf } from "../compile-config.ts";
import { howToSet, isMissing, secretsOfArtifact } from "../secrets.ts";
import { plural } from "../text.ts";
import { secretsOf, stateFiles } from "../wire.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

/** Whether the config compiles, the current artifact can be read and is the config's, and secrets are there. */
export async function checkConfig(context: CommandContext): Promise<readonly Finding[]> {
  const config = await checkCompiles(context);
  const current = checkCurrent(context, config.hash);
  const artifact = config.artifact ?? current.artifact;
  const secrets = artifact === undefined ? [] : checkSecrets(artifact, context.root);
  return [config.finding, current.finding, ...secrets];
}

interface Checked {
  readonly finding: Finding;
  readonly artifact?: Artifact;
  readonly hash?: string;
}

async function checkCompiles(context: CommandContext): Promise<Checked> {
  try {
    const result = await compileConfig(context);
    const compiled = compiledOf(result);
    if (compiled === undefined) {
      const errors = result.diagnostics.filter(({ severity }) => severity === "error").length;
      const finding = fail(
        "config",
        `it has ${plural(errors, "error")}`,
        "Run `latchkey check` to see them.",
      );
      return { finding };
    }
    const { artifact, hash, diagnostics } = compiled;
    const warnings = diagnostics.filter(({ severity }) => severity === "warning").length;
    if (warnings === 0) return { finding: ok("config", "it compiles"), artifact, hash };
    const message = `it compiles with ${plural(warnings, "warning")}`;
    return { finding: warn("config", message, "Run `latchkey check` to see them."), artifact, hash };
  } catch (thrown) {
    return { finding: failure("config", thrown) };
  }
}

function checkCurrent({ root }: CommandContext, configHash: string | undefined): Checked {
  const subject = "artifact";
  try {
    const current = readCurrent(stateFiles(root).directory);
    if (current === undefined)
      return {
        finding: warn(subject, "there is none yet", "`latchkey start` or `latchkey build` makes it."),
      };
    const { artifact, hash } = current;
    if (configHash === undefined || configHash === hash)
      return { finding: ok(subject, `${shortHash(hash)} can be read`), artifact };
    const finding = warn(
      subject,
      `${shortHash(hash)} can be read; the config would make ${shortHash(configHash)}`,
      "`latchkey plan` shows the difference.",
    );
    return { finding, artifact };
  } catch (thrown) {
    return { finding: failure(subject, thrown) };
  }
}

function checkSecrets(artifact: Artifact, root: string): readonly Finding[] {
  const resolve = secretsOf(root);
  return secretsOfArtifact(artifact).map(({ ref, users }) => {
    const subject = `secret ${describeSecret(ref)}`;
    if (!isMissing(ref, resolve)) return ok(subject, "it is set");
    const off = users.map(({ kind, name, without }) => `the ${kind} ${name} ${without}`).join("; ");
    return warn(subject, `it is missing: ${off}`, `To use it, ${howToSet(ref)}.`);
  });
}

/** A finding of an error. */
export function failure(subject: string, thrown: unknown): Finding {
  const { code, message, internal } = toLatchkeyError(thrown);
  const text = internal === undefined ? message : `${message} ${internal}`;
  return fail(subject, `${code}: ${text}`, errorTable[code].help);
}
