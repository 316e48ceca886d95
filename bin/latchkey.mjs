#!/usr/bin/env node
// Latchkey runs on Bun, which comes as a dependency. This file runs on Node and hands over to it.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
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

/** The Bun that runs this, or the first candidate that runs: builds for other processors and placeholders do not. */
function findBun() {
  if (process.versions.bun !== undefined) return process.execPath;
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

// The channel carries signals, and tells the child when this process is gone.
const child = spawn(bun, [main, ...process.argv.slice(2)], {
  stdio: ["inherit", "inherit", "inherit", "ipc"],
});

/** Milliseconds that the child has to say that it took a signal. */
const ANSWER_MS = 1_000;
/** Milliseconds between two looks at who started this process. */
const LOOK_MS = 500;

/** Signals that the child has not answered for, the oldest first. */
const unanswered = [];

/**
 * Tells the child of a signal. It is not sent another one: a terminal or a service manager may have signalled the
 * child, too, which knows then that both are the same. Only a child that does not listen gets it for real.
 */
function handOn(signal) {
  const fallBack = () => void child.kill(signal);
  if (!child.connected) return fallBack();
  const timer = setTimeout(fallBack, ANSWER_MS);
  unanswered.push(timer);
  child.send({ signal }, () => {
    // Where the channel is broken, the time passes without an answer.
  });
}

child.on("message", () => clearTimeout(unanswered.shift()));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => handOn(signal));

/** Name and parent of a process, as Linux tells them; elsewhere, and where there is no such process, nothing. */
function lookUp(pid) {
  try {
    // `12 (name) S 11 …`, where a name may hold any character: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    const [, name, parent] =
      /^\d+ \((.*)\) \S (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, "latin1")) ?? [];
    return { name, parent };
  } catch {
    return {};
  }
}

/** Who started this process, and who started the shell that it runs in: npm dies of SIGHUP, and its shell may stay. */
function starters() {
  const { name = "", parent } = lookUp(process.ppid);
  return /^(?:ba|da|k|z)?sh$/.test(name) ? `${process.ppid} ${parent}` : `${process.ppid}`;
}

// npm runs a command in a shell, and both may end without passing a signal on.
if (process.env.npm_lifecycle_event !== undefined) {
  const before = starters();
  const watch = setInterval(() => {
    if (starters() === before) return;
    clearInterval(watch);
    handOn("SIGTERM");
  }, LOOK_MS);
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
