import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { LatchkeyError } from "../../kernel/error.ts";
import { flag, usageError } from "../args.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { askChoices } from "../init-ask.ts";
import type { InitChoices } from "../init-config.ts";
import { type ProjectFiles, projectFiles } from "../init-files.ts";
import { readOwnPackage } from "../own-package.ts";
import { shellWord } from "../text.ts";

/** `latchkey init`: writes a project that compiles and works offline. */
export const init = defineCommand({
  usage: "[DIR]",
  words: { least: 0, most: 1 },
  flags: {
    yes: flag("ask nothing: OpenAI and the demo provider, with an example endpoint"),
    force: flag("overwrite files that exist"),
  },
  notes: ["DIR is made where it does not exist; default: the current folder."],
  async run({ flags, words: [word = "."] }, context) {
    const { io, ui } = context;
    const folder = resolve(io.cwd, word);
    const fallback = packageName(basename(folder));
    const own = readOwnPackage();
    const filesFor = (choices: InitChoices): ProjectFiles => projectFiles(choices, folder, own);
    // Before anybody is asked anything: the names of the files do not depend on the answers.
    if (!flags.force) refuseToOverwrite(folder, filesFor(defaultChoices(fallback)));
    const choices = flags.yes ? defaultChoices(fallback) : await ask(context, fallback);
    if (choices === undefined) {
      ui.err.line("Nothing was written.");
      return exitCodes.cancelled;
    }
    const files = filesFor(choices);
    await writeFiles(folder, files);
    const names = Object.keys(files);
    const near = relative(io.cwd, folder);
    ui.out.line(`Wrote ${names.join(", ")} to ${folder}`);
    ui.out.line(`Next: ${near === "" ? "" : `cd ${shellWord(near)} && `}npm install && npm start`);
    ui.data({ folder, files: names, ...choices, providers: [...choices.providers, "demo"] });
    return exitCodes.ok;
  },
});

function defaultChoices(name: string): InitChoices {
  return { name, providers: ["openai"], endpoint: true };
}

function ask({ io, ui }: CommandContext, name: string): Promise<InitChoices | undefined> {
  if (io.stdin.isTTY !== true || ui.json)
    throw usageError("`latchkey init` asks questions, which takes a terminal; with --yes it asks none");
  return askChoices(io, name);
}

function refuseToOverwrite(folder: string, files: ProjectFiles): void {
  const existing = Object.keys(files).filter((path) => existsSync(join(folder, path)));
  if (existing.length > 0)
    throw usageError(
      `${existing.join(", ")} exist${existing.length === 1 ? "s" : ""} in ${folder}; --force overwrites`,
    );
}

async function writeFiles(folder: string, files: ProjectFiles): Promise<void> {
  try {
    for (const [path, text] of Object.entries(files)) {
      const file = join(folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LatchkeyError("LK-6105", `The project cannot be written: ${reason}.`, { cause });
  }
}

/** A name that npm takes: https://docs.npmjs.com/cli/configuring-npm/package-json#name */
function packageName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+|-+$/g, "");
  return name === "" ? "gateway" : name.slice(0, 214);
}
