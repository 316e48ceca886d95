/** Where things of a canonical request stand in the caller's body. */
export interface Origins {
  /** The place of a message, part or tool; `undefined` where nothing was noted of it. */
  readonly of: (thing: object) => string | undefined;
  /** The place of a member whose name or place there is not the canonical one. */
  readonly ofMember: (thing: object, name: string) => string | undefined;
}

interface Notes {
  readonly places: Map<object, string>;
  readonly members: Map<object, Map<string, string>>;
}

/** What is being noted; hardly ever anything, since places are asked for only when something of them was lost. */
let notes: Notes | undefined;

/**
 * Notes where a message, part or tool of the request stands in the body that is being read, such as
 * `contents[2].parts[0]`, and gives it back. What is noted later of the same thing holds. Notes nothing and costs
 * next to nothing outside of `readOrigins`.
 */
export function standsAt<Thing extends object>(thing: Thing, path: string): Thing {
  notes?.places.set(thing, path);
  return thing;
}

/** Notes where a member of such a thing stands, where that is not below the thing under its canonical name. */
export function memberStandsAt(thing: object, name: string, path: string): void {
  if (notes === undefined) return;
  const members = notes.members.get(thing) ?? new Map<string, string>();
  notes.members.set(thing, members.set(name, path));
}

/** Notes that a changed copy of such a thing stands where the thing itself does, and gives the copy back. */
export function standsLike<Thing extends object>(copy: Thing, original: object): Thing {
  if (notes === undefined) return copy;
  const place = notes.places.get(original);
  const members = notes.members.get(original);
  if (place !== undefined) notes.places.set(copy, place);
  if (members !== undefined) notes.members.set(copy, members);
  return copy;
}

/**
 * Reads a request once more and notes meanwhile where everything stands. Keeping that of each request would double
 * what a translation takes; a few need it.
 * @param read reads without waiting, so that nothing else is noted meanwhile
 */
export function readOrigins<Read>(read: () => Read): { readonly read: Read; readonly origins: Origins } {
  const before = notes;
  const { places, members }: Notes = { places: new Map(), members: new Map() };
  notes = { places, members };
  try {
    const origins: Origins = {
      of: (thing) => places.get(thing),
      ofMember: (thing, name) => members.get(thing)?.get(name),
    };
    return { read: read(), origins };
  } finally {
    notes = before;
  }
}
