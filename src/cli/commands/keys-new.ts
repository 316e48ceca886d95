import { generateApiKey, isKeyEnvironment, parseApiKey } from "../../kernel/api-key.ts";
import { digestOf } from "../../kernel/hash.ts";
import { option, usageError } from "../args.ts";
import { defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";

/** `latchkey keys new`: a key and the line that declares it. */
export const keysNew = defineCommand({
  usage: "",
  words: { least: 0, most: 0 },
  flags: {
    env: option("ENVIRONMENT", "what stands behind lk_, such as live or test; default live"),
    name: option("NAME", "the key's name in the config, default production"),
  },
  async run({ flags }, { ui }) {
    const environment = flags.env ?? "live";
    if (!isKeyEnvironment(environment))
      throw usageError(`--env takes 1 to 16 lower-case letters or digits, not "${environment}"`);
    const key = generateApiKey(environment);
    const digest = digestOf(key);
    const declaration = `${propertyName(flags.name ?? "production")}: key({ digest: "${digest}" }),`;
    const { line, paint } = ui.out;
    line(paint(key, "bold"));
    line();
    line("Hand it to whoever will use it: it is shown this once and stored nowhere.");
    line("Declare it under `keys` of the application:");
    line();
    line(`  ${declaration}`);
    ui.data({ key, publicId: parseApiKey(key)?.publicId, environment, digest, declaration });
    return exitCodes.ok;
  },
});

function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
