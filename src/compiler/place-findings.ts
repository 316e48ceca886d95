import type { Diagnostic, DiagnosticNote, SourcePlace } from "./diagnostic.ts";
import { diagnosticTable } from "./diagnostic-codes.ts";
import type { GraphSite } from "./evaluate/graph.ts";
import { formatPath } from "./format-path.ts";
import type { Locator } from "./locate/locator.ts";
import type { NamedConfig } from "./passes/name-declarations.ts";
import type { Finding, Spot, Whereabouts } from "./report.ts";

/** What is known by the time that places are looked up. */
export interface PlaceContext {
  readonly locator: Locator | undefined;
  readonly bundlePath: string;
  /** Undefined where the config could not be run. */
  readonly config: NamedConfig | undefined;
}

/** Findings as diagnostics, with their places in the sources. The same finding at the same place counts once. */
export function placeFindings(findings: readonly Finding[], context: PlaceContext): readonly Diagnostic[] {
  const seen = new Set<string>();
  return findings
    .map((finding) => placeFinding(finding, context))
    .filter((diagnostic) => {
      const key = JSON.stringify([diagnostic.code, diagnostic.message, diagnostic.path, diagnostic.place]);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

function placeFinding(finding: Finding, context: PlaceContext): Diagnostic {
  const { code, message, at, notes = [], suggestion } = finding;
  const place = placeOf(finding, context);
  return {
    code,
    severity: diagnosticTable[code].severity,
    message,
    path: at === undefined ? "" : pathOf(at, context),
    ...(place === undefined ? {} : { place }),
    notes: notes.map((note): DiagnosticNote => {
      const notePlace = placeOf(note, context);
      return { message: note.message, ...(notePlace === undefined ? {} : { place: notePlace }) };
    }),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

function pathOf({ declaration, path }: Spot, { config }: PlaceContext): string {
  return formatPath(config?.paths[declaration] ?? "", path);
}

function placeOf(where: Whereabouts, context: PlaceContext): SourcePlace | undefined {
  const place = findPlace(where, context);
  return place === undefined || where.secret === undefined ? place : { ...place, secret: true };
}

function findPlace({ place, site, at, part }: Whereabouts, context: PlaceContext): SourcePlace | undefined {
  const { locator, config, bundlePath } = context;
  if (place !== undefined || locator === undefined) return place;
  const ofSite = site === undefined ? undefined : locator.place(stackText(site, bundlePath));
  if (ofSite !== undefined || at === undefined) return ofSite;
  const declaration = config?.graph.declarations[at.declaration];
  return declaration && locator.place(stackText(declaration.site, bundlePath), at.path, part ?? "value");
}

/** Positions in the form in which the locator reads them. */
function stackText(site: GraphSite, bundlePath: string): string {
  return site
    .split(",")
    .map((position) => `    at ${bundlePath}:${position}`)
    .join("\n");
}
