import { readFileSync } from "node:fs";
import { configText, type InitChoices } from "./init-config.ts";

/** Files of a new project: path → text. */
export type ProjectFiles = Readonly<Record<string, string>>;

/** The files that `latchkey init` writes. */
export function projectFiles(choices: InitChoices): ProjectFiles {
  return {
    "gateway.config.ts": configText(choices),
    "package.json": packageText(choices.name),
    "tsconfig.json": TSCONFIG,
    ".gitignore": GITIGNORE,
    "README.md": readmeText(choices.name),
  };
}

interface OwnPackage {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

function packageText(name: string): string {
  const own = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as OwnPackage;
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
    dependencies: { latchkey: own.version, zod: own.dependencies["zod"] },
    devDependencies: { typescript: own.devDependencies["typescript"] },
  };
  return `${JSON.stringify(project, undefined, 2)}\n`;
}

const TSCONFIG = `{
  "compilerOptions": {
    "target": "ESNext",
    "module": "Preserve",
    "moduleResolution": "bundler",
    "lib": ["ESNext"],
    "types": [],
    "noEmit": true,
    "strict": true,
    "skipLibCheck": true,
    "allowImportingTsExtensions": true
  },
  "include": ["*.ts"]
}
`;

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
