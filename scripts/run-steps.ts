/** One command of a check, with the words that name it. */
export interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

/** Runs commands one after the other, all of them whatever fails; answers the names of those that failed. */
export async function runSteps(steps: readonly Step[]): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, command } of steps) {
    const started = performance.now();
    console.log(`\n── ${name}`);
    const child = Bun.spawn([...command], { stdout: "inherit", stderr: "inherit", stdin: "ignore" });
    const code = await child.exited;
    console.log(
      `── ${name}: ${code === 0 ? "ok" : "FAILED"} (${((performance.now() - started) / 1000).toFixed(1)} s)`,
    );
    if (code !== 0) failed.push(name);
  }
  return failed;
}
