import { relative, sep } from "node:path";
import type { SourcePlace } from "../diagnostic.ts";
import { type BundleMap, type OriginalPosition, readBundleMap } from "./bundle-map.ts";
import { callName, type Followed, follow, originOf, type PropertyPath } from "./follow.ts";
import { isCall, readSourceFile, type SourceFile } from "./source-file.ts";
import { bundlePositions } from "./stack-frame.ts";
import type { Suspect } from "./suspects.ts";
import { type SyntaxNode, unwrap } from "./syntax.ts";

/**
 * Code units of a file that is parsed at most. A larger one was generated: finding the property inside a call is
 * not worth the seconds, and its place is the call.
 */
const LARGEST_PARSED = 1_000_000;

/** Files of code; texts and data may be imported, too. */
const CODE = /\.[cm]?[jt]sx?$/;

/** What a locator works with. */
export interface LocatorOptions {
  /** JSON of the bundle's source map, as esbuild writes it. */
  readonly sourceMap: string;
  /** Absolute path of the bundle as it was run: stack texts name it, and the map's sources are relative to it. */
  readonly bundlePath: string;
  /** Absolute path of the config's folder, to which places are relative. */
  readonly rootDir: string;
  /** Whether a file, by absolute path, is the team's own; frames in others are skipped. */
  readonly isOwnSource: (sourcePath: string) => boolean;
  /** Text of a file, for maps that hold no sources. */
  readonly readSource: (absolutePath: string) => string | undefined;
}

/** Where a name is used, and which names there are. */
interface Reference {
  readonly place: SourcePlace;
  readonly names: readonly string[];
}

/** A name that nothing declares, at its first use in a file. */
interface UndeclaredName extends Reference {
  readonly name: string;
}

/** Finds where declarations were written. Nothing is read or parsed before the first question. */
export interface Locator {
  /**
   * Place of the call that made a declaration: its callee's name. With a path, the place of that property's
   * value, or of its name where the value spans lines or `part` asks for it; where the path cannot be followed
   * to its end, the place of the last thing met. Undefined where no frame is in the team's own files.
   */
  readonly place: (site: string, path?: PropertyPath, part?: "key" | "value") => SourcePlace | undefined;
  /** Place of the constant's value that a property names; undefined where the value stands there itself. */
  readonly origin: (site: string, path: PropertyPath) => SourcePlace | undefined;
  /** Place where a call, or else its file, uses a name, and the names that the file binds. */
  readonly reference: (site: string, name: string) => Reference | undefined;
  /** Names in the team's own files that nothing declares, each once in a file, whether or not the code there ran. */
  readonly undeclared: () => readonly UndeclaredName[];
  /** Places of all calls in the team's own files that led to a declaration, innermost first. */
  readonly frames: (site: string) => readonly SourcePlace[];
  /** Places in the team's own files that may be the reason of a failure, file after file. */
  readonly suspects: (kinds: readonly Suspect[]) => readonly SourcePlace[];
}

/**
 * Makes a locator for stack texts that were captured where the bundle ran. The bundle has to be an ES module
 * (`.mjs` or `.js`) without a `// @bun` first line and its map a file beside it. Seen with Bun 1.4.5: it then
 * reports the bundle's own lines and columns, whether or not a `sourceMappingURL` follows. Under `// @bun` it
 * applies an inline map by itself and reports columns that belong to neither file.
 */
export function createLocator(options: LocatorOptions): Locator {
  const sources = new Sources(options);
  return {
    place(site, path = [], part = "value") {
      const met = sources.call(site);
      if (met === undefined) return undefined;
      const { position, file, call } = met;
      if (file === undefined || call === undefined) return sources.bare(position);
      const node = path.length === 0 ? callName(call) : nodeToShow(follow(file, call, path), part);
      return sources.around(position.path, file, node);
    },
    origin(site, path) {
      const { position, file, call } = sources.call(site) ?? {};
      if (position === undefined || file === undefined || call === undefined) return undefined;
      const { value, whole } = follow(file, call, path);
      const origin = whole ? originOf(file, value) : undefined;
      return origin && sources.around(position.path, file, origin);
    },
    reference(site, name) {
      const { position, file, call } = sources.call(site) ?? {};
      const node = file?.referenceTo(name, call);
      if (position === undefined || file === undefined || node === undefined) return undefined;
      return { place: sources.around(position.path, file, node), names: file.names };
    },
    undeclared: () => sources.undeclared(),
    frames: (site) =>
      sources.own(site).map((position) => {
        const { file, call } = sources.callAt(position);
        if (file === undefined || call === undefined) return sources.bare(position);
        return sources.around(position.path, file, callName(call));
      }),
    suspects: (kinds) => sources.suspects(kinds),
  };
}

/** A call in a team's own file; the file is undefined where it cannot be parsed. */
interface Met {
  readonly position: OriginalPosition;
  readonly file: SourceFile | undefined;
  readonly call: SyntaxNode | undefined;
}

/** The map and the parsed files, each read when first asked for. */
class Sources {
  readonly #options: LocatorOptions;
  readonly #files = new Map<string, SourceFile | undefined>();
  #map: BundleMap | undefined;

  constructor(options: LocatorOptions) {
    this.#options = options;
  }

  /** Positions in the team's own files. */
  own(site: string): readonly OriginalPosition[] {
    const map = this.#bundleMap();
    return bundlePositions(site, this.#options.bundlePath)
      .map((position) => map.original(position))
      .filter((position) => position !== undefined)
      .filter(({ path }) => this.#options.isOwnSource(path));
  }

  /** The innermost call of a site in the team's own files. */
  call(site: string): Met | undefined {
    const [position] = this.own(site);
    return position && this.callAt(position);
  }

  callAt(position: OriginalPosition): Met {
    const file = this.#file(position.path);
    return { position, file, call: file?.callAt(position.line, position.column) };
  }

  suspects(kinds: readonly Suspect[]): readonly SourcePlace[] {
    return this.#ownFiles().flatMap(([path, file]) =>
      kinds.flatMap((kind) => file.suspects(kind).map((node) => this.around(path, file, node))),
    );
  }

  undeclared(): readonly UndeclaredName[] {
    return this.#ownFiles().flatMap(([path, file]) =>
      [...file.undeclared()].map(([name, node]) => ({
        name,
        place: this.around(path, file, node),
        names: file.names,
      })),
    );
  }

  /** The team's own files of code. */
  #ownFiles(): readonly (readonly [path: string, SourceFile])[] {
    return this.#bundleMap()
      .paths.filter((path) => this.#options.isOwnSource(path) && CODE.test(path))
      .flatMap((path) => {
        const file = this.#file(path);
        return file === undefined ? [] : [[path, file] as const];
      });
  }

  #file(path: string): SourceFile | undefined {
    if (!this.#files.has(path)) {
      const text = this.#bundleMap().content(path) ?? this.#options.readSource(path);
      const isParsed = text !== undefined && text.length <= LARGEST_PARSED;
      this.#files.set(path, isParsed ? readSourceFile(path, text) : undefined);
    }
    return this.#files.get(path);
  }

  /** A place of which no more is known than where it begins. */
  bare({ path, line, column }: OriginalPosition): SourcePlace {
    return { file: this.#name(path), line, column };
  }

  /** The place of a node, as far as its first line goes. */
  around(path: string, file: SourceFile, node: SyntaxNode): SourcePlace {
    const { start, end } = node.loc ?? { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } };
    const last = start.line === end.line ? end.column : file.line(start.line).trimEnd().length;
    const length = Math.max(1, last - start.column);
    return { file: this.#name(path), line: start.line, column: start.column + 1, length };
  }

  #name(path: string): string {
    return relative(this.#options.rootDir, path).replaceAll(sep, "/");
  }

  #bundleMap(): BundleMap {
    this.#map ??= readBundleMap(this.#options.sourceMap, this.#options.bundlePath);
    return this.#map;
  }
}

/** What a reader should look at: what was asked for, or what it is missing from. */
function nodeToShow({ key, value, whole }: Followed, part: "key" | "value"): SyntaxNode {
  const inner = unwrap(value);
  if (key !== undefined && part === "key" && whole) return key;
  if (whole && inner.loc?.start.line === inner.loc?.end.line) return inner;
  if (key !== undefined && (whole || !isCall(inner))) return key;
  return isCall(inner) ? callName(inner) : inner;
}
