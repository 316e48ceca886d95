import type { Diagnostic, DiagnosticNote, SourcePlace } from "./diagnostic.ts";
import type { GraphSite } from "./evaluate/graph.ts";
import { formatPath } from "./format-path.ts";
import type { Locator } from "./locate/locator.ts";
import type { NamedConfig } from "./passes/name-declarations.ts";
import { type Finding, type Spot, severityOf, type Whereabouts } from "./report.ts";
import type { SecretMask } from "./secrets/secret-mask.ts";
import { suggestName } from "./suggest-name.ts";

/** Places that may be the reason, at most. */
const SHOWN_SUSPECTS = 3;

/** What is known by the time that places are looked up. */
export interface PlaceContext {
  readonly locator: Locator | undefined;
  readonly bundlePath: string;
  /** For texts that the config made: messages of what it threw, names, model ids. */
  readonly mask: SecretMask;
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
  const { code, message, at, notes = [] } = finding;
  const { mask } = context;
  const reference = referenceOf(finding, context);
  const known = reference?.place ?? placeOf(finding, context);
  const suspects = known === undefined ? suspectsOf(finding, context) : [];
  const place = known ?? suspects[0] ?? finding.entry;
  const suggestion = finding.suggestion ?? reference?.suggestion;
  return {
    code,
    severity: severityOf(finding),
    message: mask(message),
    path: at === undefined ? "" : mask(pathOf(at, context)),
    ...(place === undefined ? {} : { place }),
    notes: [
      ...notes.map((note): DiagnosticNote => {
        const notePlace = placeOf(note, context);
        return { message: mask(note.message), ...(notePlace === undefined ? {} : { place: notePlace }) };
      }),
      ...originOf(finding, context),
      ...suspectNotes(suspects),
    ],
    ...(suggestion === undefined ? {} : { suggestion: mask(suggestion) }),
  };
}

function suspectsOf({ suspects }: Finding, { locator }: PlaceContext): readonly SourcePlace[] {
  return suspects === undefined || locator === undefined ? [] : locator.suspects(suspects);
}

/** Says that a place is a guess, and shows the next best. */
function suspectNotes(suspects: readonly SourcePlace[]): readonly DiagnosticNote[] {
  if (suspects.length === 0) return [];
  const others = suspects.slice(1, SHOWN_SUSPECTS).map((place) => ({ message: "or this one", place }));
  return [{ message: "the place is a guess: nothing tells which one it was" }, ...others];
}

/** Where a name without a declaration stands, and what was meant. */
function referenceOf(
  { reference, site, at }: Finding,
  { locator, config, bundlePath }: PlaceContext,
): { readonly place: SourcePlace; readonly suggestion: string } | undefined {
  const from = site ?? config?.graph.declarations[at?.declaration ?? -1]?.site;
  if (reference === undefined || from === undefined) return undefined;
  const found = locator?.reference(stackText(from, bundlePath), reference);
  return found && { place: found.place, suggestion: suggestName(reference, found.names) };
}

/** Where a secret was written that is only named where it is used: shown to be found, masked in every frame. */
function originOf({ secret, at }: Finding, { locator, config, bundlePath }: PlaceContext): DiagnosticNote[] {
  const declaration =
    secret === undefined || at === undefined ? undefined : config?.graph.declarations[at.declaration];
  if (declaration === undefined || at === undefined) return [];
  const place = locator?.origin(stackText(declaration.site, bundlePath), at.path);
  return place === undefined ? [] : [{ message: "its text stands here", place: { ...place, secret: true } }];
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
