#!/usr/bin/env node
// Latchkey runs on Bun, which comes as a dependency. This file runs on Node and hands over to it.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const main = resolve(dirname(fileURLToPath(import.meta.url)), "../src/cli/main.ts");

/** Folders named node_modules from here up to the root: packages may be hoisted. */
function packageFolders() {
  return createRequire(import.meta.url).resolve.paths("bun") ?? [];
}

/** Places where Bun may be, the likeliest first. */
function* candidates() {
  for (const folder of packageFolders()) {
    const binary = join(folder, "bun/bin/bun.exe");
    if (existsSync(binary)) yield binary;
  }
  // Where install scripts are switched off, the `bun` package holds a placeholder; the binary is beside it.
  for (const folder of packageFolders()) {
    const scope = join(folder, "@oven");
    if (!existsSync(scope)) continue;
    for (const name of readdirSync(scope)) {
      for (const file of ["bun", "bun.exe"]) {
        const binary = join(scope, name, "bin", file);
        if (name.startsWith("bun-") && existsSync(binary)) yield binary;
      }
    }
  }
  yield "bun";
}

/** The first candidate that runs: builds for other processors and placeholders do not. */
function findBun() {
  for (const binary of candidates()) {
    const probe = spawnSync(binary, ["--version"], { stdio: ["ignore", "pipe", "ignore"] });
    if (probe.status === 0 && /^\d+\.\d+/.test(String(probe.stdout))) return binary;
  }
  return undefined;
}

const bun = findBun();
if (bun === undefined) {
  console.error(
    "latchkey: the Bun runtime was not found. Install the optional packages too (`npm install --include=optional`), or install Bun (https://bun.sh) so that `bun` is on the PATH.",
  );
  process.exit(1);
}

const child = spawn(bun, [main, ...process.argv.slice(2)], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  // From a terminal, Bun gets SIGINT itself; sent twice it would mean "stop at once".
  process.on(signal, () => {
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on("error", (error) => {
  console.error(`latchkey: Bun cannot be started: ${error.message}`);
  process.exit(1);
});
child.on("exit", (code, signal) => {
  if (signal === null) process.exit(code ?? 1);
  // Ends the way its child ended.
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
