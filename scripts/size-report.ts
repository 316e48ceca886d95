import { Glob } from "bun";

/** Largest file of code, lines; data and schema files may be twice as long. */
const MAX_LINES = 300;
const MAX_DATA_LINES = 600;

const isData = (path: string): boolean => /(^|\/)(schema|catalog)\//.test(path) || /codes\.ts$/.test(path);

const files: { path: string; lines: number }[] = [];
for (const pattern of ["src/**/*.ts", "sdk/**/*.ts"]) {
  for await (const path of new Glob(pattern).scan(".")) {
    const text = await Bun.file(path).text();
    files.push({ path, lines: text.split("\n").length - 1 });
  }
}
files.sort((a, b) => a.lines - b.lines);
const at = (share: number): number =>
  files[Math.min(files.length - 1, Math.floor(files.length * share))]?.lines ?? 0;
const total = files.reduce((sum, { lines }) => sum + lines, 0);
console.log(`${files.length} files, ${total} lines; median ${at(0.5)}, p90 ${at(0.9)}, largest ${at(1)}`);
const tooLong = files.filter(({ path, lines }) => lines > (isData(path) ? MAX_DATA_LINES : MAX_LINES));
for (const { path, lines } of tooLong) console.error(`${path}: ${lines} lines; split it by subject`);
process.exit(tooLong.length > 0 ? 1 : 0);
