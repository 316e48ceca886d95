import { generateApiKey, isKeyEnvironment, parseApiKey } from "../../kernel/api-key.ts";
import { digestOf } from "../../kernel/hash.ts";
import { issueFlags, issueKey } from "../admin/issue-key.ts";
import { option, usageError } from "../args.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";

/** `latchkey keys new`: a key with the line that declares it, or one that is issued to an application. */
export const keysNew = defineCommand({
  usage: "",
  words: { least: 0, most: 0 },
  flags: {
    env: option("ENVIRONMENT", "what stands behind lk_, such as live or test; default live"),
    name: option("NAME", "the key's name, default production"),
    ...issueFlags,
  },
  notes: [
    "Without --app the key works once the config declares it, and flags other than --env and --name are not taken.",
    "With --app it works at once. A list of names has commas between them; - is the empty list, which allows nothing.",
  ],
  async run({ flags }, context) {
    const environment = flags.env ?? "live";
    const name = flags.name ?? "production";
    if (!isKeyEnvironment(environment))
      throw usageError(`--env takes 1 to 16 lower-case letters or digits, not "${environment}"`);
    if (flags.app !== undefined) return issueKey(flags, { app: flags.app, environment, name }, context);
    const needless = Object.keys(issueFlags).find((flag) => {
      const value = flags[flag as keyof typeof issueFlags];
      return value !== undefined && value !== false;
    });
    if (needless !== undefined) throw usageError(`--${needless} goes with --app TENANT/APP`);
    return showDeclaration(environment, name, context);
  },
});

function showDeclaration(environment: string, name: string, { ui }: CommandContext): ExitCode {
  const key = generateApiKey(environment);
  const digest = digestOf(key);
  const declaration = `${propertyName(name)}: key({ digest: "${digest}" }),`;
  const { line, paint } = ui.out;
  line(paint(key, "bold"));
  line();
  line("Hand it to whoever will use it: it is shown this once and stored nowhere.");
  line("Declare it under `keys` of the application:");
  line();
  line(`  ${declaration}`);
  ui.data({ key, publicId: parseApiKey(key)?.publicId, environment, digest, declaration });
  return exitCodes.ok;
}

function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
