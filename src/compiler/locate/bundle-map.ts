import { dirname, resolve } from "node:path";
import { originalPositionFor, sourceContentFor, TraceMap } from "@jridgewell/trace-mapping";
import type { BundlePosition } from "./stack-frame.ts";

/** A position in a source file. */
export interface OriginalPosition {
  /** Absolute path of the source file. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/** The way from the bundle back to its sources. */
export interface BundleMap {
  /** Undefined for code that no source says, such as esbuild's own helpers. */
  readonly original: (position: BundlePosition) => OriginalPosition | undefined;
  /** Absolute paths of all source files, in the order in which they were bundled. */
  readonly paths: readonly string[];
  /** The text that was bundled, where the map holds it. */
  readonly content: (path: string) => string | undefined;
}

/** Reads a source map whose `sources` are relative to the bundle's folder, as esbuild writes it. */
export function readBundleMap(json: string, bundlePath: string): BundleMap {
  const map = new TraceMap(json);
  const folder = dirname(bundlePath);
  const pathOf = new Map<string, string>();
  const sourceOf = new Map<string, string>();
  for (const source of map.resolvedSources) {
    const path = resolve(folder, decodePath(source));
    pathOf.set(source, path);
    sourceOf.set(path, source);
  }
  return {
    original({ line, column }) {
      const found = originalPositionFor(map, { line, column: column - 1 });
      const path = found.source === null ? undefined : pathOf.get(found.source);
      if (path === undefined || found.line === null) return undefined;
      return { path, line: found.line, column: found.column + 1 };
    },
    paths: [...sourceOf.keys()],
    content(path) {
      const source = sourceOf.get(path);
      return source === undefined ? undefined : (sourceContentFor(map, source) ?? undefined);
    },
  };
}

/** Sources are URLs: esbuild encodes what a URL cannot hold. */
function decodePath(source: string): string {
  try {
    return decodeURIComponent(source.replace(/^file:\/\//, ""));
  } catch {
    return source;
  }
}
