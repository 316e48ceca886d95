import { configText, type InitChoices } from "./init-config.ts";
import { dependencyOn, isCheckout, type OwnPackage } from "./own-package.ts";

/** Files of a new project: path → text. */
export type ProjectFiles = Readonly<Record<string, string>>;

/** The files that `latchkey init` writes to a folder, for a project that depends on this package. */
export function projectFiles(choices: InitChoices, folder: string, own: OwnPackage): ProjectFiles {
  return {
    "gateway.config.ts": configText(choices),
    "package.json": packageText(choices.name, folder, own),
    "tsconfig.json": settingsText(own),
    ".gitignore": GITIGNORE,
    "README.md": readmeText(choices.name),
  };
}

function packageText(name: string, folder: string, own: OwnPackage): string {
  // The declarations of an installed package are built; a checkout has its sources, which are written for Bun.
  const developed = isCheckout(own) ? ["@types/bun", "typescript"] : ["typescript"];
  const project = {
    name,
    private: true,
    type: "module",
    scripts: {
      // The shell gives way to the gateway, which then gets the signals that npm gets.
      start: "exec latchkey start",
      dev: "exec latchkey dev",
      check: "latchkey check && tsc --noEmit",
      plan: "latchkey plan",
    },
    dependencies: { latchkey: dependencyOn(own, folder), zod: own.dependencies["zod"] },
    devDependencies: Object.fromEntries(developed.map((tool) => [tool, own.devDependencies[tool]])),
    allowScripts: allowedScripts(folder, own),
  };
  return `${JSON.stringify(project, undefined, 2)}\n`;
}

/**
 * What may run while npm installs: the programs that fetch themselves, and a checkout's own build.
 * https://docs.npmjs.com/cli/configuring-npm/package-json#allowscripts
 */
function allowedScripts(folder: string, own: OwnPackage): Readonly<Record<string, true>> {
  return { bun: true, esbuild: true, ...(isCheckout(own) && { [dependencyOn(own, folder)]: true }) };
}

function settingsText(own: OwnPackage): string {
  const settings = {
    compilerOptions: {
      target: "ESNext",
      module: "Preserve",
      moduleResolution: "bundler",
      lib: ["ESNext"],
      types: isCheckout(own) ? ["bun"] : [],
      ...(isCheckout(own) ? { customConditions: ["latchkey-source"] } : {}),
      noEmit: true,
      strict: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
    },
    include: ["*.ts"],
  };
  return `${JSON.stringify(settings, undefined, 2)}\n`;
}

const GITIGNORE = `node_modules/
.latchkey/
.env
.env.*
`;

function readmeText(name: string): string {
  return `# ${name}

An AI gateway: \`gateway.config.ts\` says who may call what, through which model.

    npm install
    npm start

It serves on http://127.0.0.1:8787 and prints a key and a first call to paste. Without any vendor key the built-in
\`demo\` provider answers; set a vendor's key in the environment or in a \`.env\` file to use its models.

| command | what it does |
| --- | --- |
| \`npm run dev\` | serves and takes over each change as it is saved |
| \`npm run check\` | shows what is wrong with the config |
| \`npm run plan\` | shows what a change would change, for whom |
| \`npx latchkey logs\` | shows the calls |
| \`npx latchkey keys new\` | makes a key to declare |

State is kept in \`.latchkey/\`, which does not belong into version control.
`;
}
