import type { Step } from "./run-steps.ts";

const bin = (name: string): string => `node_modules/.bin/${name}`;

/** The house rules that are not tests: types, format and lint, dead code, sizes. */
export const checkSteps: readonly Step[] = [
  { name: "types", command: [bin("tsc"), "--noEmit"] },
  { name: "lint", command: [bin("biome"), "check", "--error-on-warnings", "."] },
  { name: "unused", command: [bin("knip")] },
  { name: "sizes", command: [process.execPath, "scripts/size-report.ts"] },
];
