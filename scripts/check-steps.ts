import type { Step } from "./run-steps.ts";

const bin = (name: string): string => `node_modules/.bin/${name}`;

/** The rules of the house: types, format and lint, dead code, sizes, layers and the package's names. */
export const checkSteps: readonly Step[] = [
  { name: "types", command: [bin("tsc"), "--noEmit"] },
  { name: "lint", command: [bin("biome"), "check", "--error-on-warnings", "."] },
  { name: "unused", command: [bin("knip")] },
  { name: "sizes", command: [process.execPath, "scripts/size-report.ts"] },
  { name: "architecture", command: [process.execPath, "test", "test/architecture"] },
];
