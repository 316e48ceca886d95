import type { BuildFailure, Message } from "esbuild";
import type { SourcePlace } from "../diagnostic.ts";
import type { DiagnosticCode } from "../diagnostic-codes.ts";
import type { Report } from "../report.ts";

/** Whether something thrown is esbuild's list of errors. */
export function isBuildFailure(thrown: unknown): thrown is BuildFailure {
  return thrown instanceof Error && "errors" in thrown && Array.isArray(thrown.errors);
}

/** Reports what the bundler found wrong. */
export function reportBuildFailure(failure: BuildFailure, report: Report): void {
  for (const message of failure.errors) {
    const place = placeOf(message.location);
    report.add(codeOf(message), describe(message), {
      ...(place === undefined ? {} : { place }),
      // What esbuild advises about resolving concerns those who bundle, not those who write a config.
      notes: (codeOf(message) === "LK1003" ? [] : message.notes).map((note) => {
        const notePlace = placeOf(note.location);
        return { message: withoutStop(note.text), ...(notePlace === undefined ? {} : { place: notePlace }) };
      }),
      ...(message.location?.suggestion
        ? { suggestion: `did you mean \`${message.location.suggestion}\`?` }
        : {}),
    });
  }
}

/** What has no place is wrong with the config as a whole. */
function codeOf({ text, location }: Message): DiagnosticCode {
  if (location === null) return "LK1004";
  return /^Could not (resolve|read)|^No matching export|^No loader/.test(text) ? "LK1003" : "LK1002";
}

/** esbuild counts columns in UTF-8 bytes from 0, places count UTF-16 code units from 1. */
function placeOf(location: Message["location"]): SourcePlace | undefined {
  if (location === null || location.file === "") return undefined;
  const bytes = Buffer.from(location.lineText, "utf8");
  const before = bytes.subarray(0, location.column).toString("utf8").length;
  const length = bytes.subarray(location.column, location.column + location.length).toString("utf8").length;
  const file = location.file.replaceAll("\\", "/");
  return { file, line: location.line, column: before + 1, ...(length > 0 ? { length } : {}) };
}

/** A name that the config language does not have, without the path of the machine that it is on. */
function describe({ text, location }: Message): string {
  const suffix =
    location === null ? /^No loader is configured for "([^"]*)" files/.exec(text)?.[1] : undefined;
  if (suffix !== undefined) return `a config is written in TypeScript or JavaScript, not as a ${suffix} file`;
  const match = /^No matching export in "([^"]*)" for import "([^"]*)"$/.exec(text);
  if (match === null || !match[1]?.endsWith("sdk/config/index.ts")) return withoutStop(text);
  return `"latchkey/config" has no export ${JSON.stringify(match[2])}`;
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, "");
}
