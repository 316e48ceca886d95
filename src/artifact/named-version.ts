/** A version of an endpoint or a backend; a model has none. */
export interface Versioned {
  readonly name: string;
  /** `major.minor.patch`; null: it has none. */
  readonly version: string | null;
}

/**
 * Whether a name that somebody wrote covers a version: `name` covers all of them, and `name@version` that one and those of
 * the same major version that come after it. A major version keeps its contract, so whoever was let use `2.1.0` goes on
 * when `2.2.0` takes its place; `3.0.0` is another thing.
 */
export function coversVersion(written: string, { name, version }: Versioned): boolean {
  if (written === name) return true;
  if (version === null || !written.startsWith(`${name}@`)) return false;
  const from = written.slice(name.length + 1);
  if (from === version) return true;
  const [first, other] = [partsOf(from), partsOf(version)];
  if (first === undefined || other === undefined || first[0] !== other[0]) return false;
  return first[1] < other[1] || (first[1] === other[1] && first[2] <= other[2]);
}

/** Whether everything that a name covers is covered by another one. */
export function coversName(wide: string, narrow: string): boolean {
  const at = narrow.indexOf("@");
  const version = at === -1 ? null : narrow.slice(at + 1);
  return coversVersion(wide, { name: at === -1 ? narrow : narrow.slice(0, at), version });
}

function partsOf(version: string): readonly [major: number, minor: number, patch: number] | undefined {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? [];
  if (major === undefined || minor === undefined || patch === undefined) return undefined;
  return [Number(major), Number(minor), Number(patch)];
}
