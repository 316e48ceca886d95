import { isSame } from "../match.ts";
import { compareAlternatives, splitAlternatives } from "./compare-alternatives.ts";
import { compareArrays } from "./compare-arrays.ts";
import { compareObjects } from "./compare-objects.ts";
import { compareOpaque } from "./compare-opaque.ts";
import { compareScalars } from "./compare-scalars.ts";
import { compareTypes } from "./compare-types.ts";
import { broken, type Comparison, type Direction, type SchemaBreak, unexpected } from "./comparison.ts";
import {
  constraintsOf,
  isOpen,
  mayBe,
  type Schema,
  type SchemaObject,
  schemasIn,
  typesOf,
} from "./json-schema.ts";
import { resolveRef } from "./resolve-ref.ts";

/** Parts compared at most: unions of unions grow without end. */
const MOST_STEPS = 20_000;

/**
 * What a changed JSON Schema breaks: for an input, values that were accepted and no longer are; for an output,
 * answers that callers have not seen before. Judged by structure alone and on the safe side: what is not
 * understood and differs counts as breaking. Schemas that are the same never break.
 */
export function compareSchemas(
  before: SchemaObject,
  after: SchemaObject,
  direction: Direction,
): readonly SchemaBreak[] {
  if (isSame(before, after)) return [];
  const [inner, outer] = direction === "input" ? [before, after] : [after, before];
  const found = new SchemaComparison(direction, { inner, outer }).compare(inner, outer);
  return [...new Map(found.map((one) => [`${one.path} ${one.message}`, one])).values()];
}

class SchemaComparison implements Comparison {
  readonly direction: Direction;
  readonly roots: Comparison["roots"];
  /** Pairs under way or found to break. A recursive schema meets its own pair again, and that adds nothing. */
  readonly #known = new Map<Schema, Map<Schema, readonly SchemaBreak[]>>();
  #steps = 0;

  constructor(direction: Direction, roots: Comparison["roots"]) {
    this.direction = direction;
    this.roots = roots;
  }

  compare = (inner: Schema, outer: Schema): readonly SchemaBreak[] => {
    if (isOpen(outer) || inner === false) return [];
    if (++this.#steps > MOST_STEPS) return [broken("is too large to be judged")];
    const ofInner = this.#known.get(inner) ?? new Map<Schema, readonly SchemaBreak[]>();
    this.#known.set(inner, ofInner);
    const known = ofInner.get(outer);
    if (known !== undefined) return known;
    ofInner.set(outer, []);
    const breaks = this.#compareResolved(
      resolveRef(inner, this.roots.inner),
      resolveRef(outer, this.roots.outer),
    );
    if (breaks.length === 0) ofInner.delete(outer);
    else ofInner.set(outer, breaks);
    return breaks;
  };

  #compareResolved(inner: Schema, outer: Schema): readonly SchemaBreak[] {
    if (outer === true || inner === false) return [];
    if (outer === false) return [unexpected(this, "any value")];
    const own = inner === true ? {} : inner;
    const [demands, claims] = [conjunctsOf(outer), conjunctsOf(own)] as const;
    if (demands[0] === outer && claims[0] === own) return this.#compareSingle(own, outer);
    return demands.flatMap((demand) => this.#meet(demand, claims));
  }

  /** All claims hold, so it is enough that one of them implies the demand. */
  #meet(demand: Schema, claims: readonly Schema[]): readonly SchemaBreak[] {
    const tried = claims.map((claim) => this.compare(claim, demand));
    return tried.find((breaks) => breaks.length === 0) ?? shortest(tried);
  }

  #compareSingle(inner: SchemaObject, outer: SchemaObject): readonly SchemaBreak[] {
    const alternatives = splitAlternatives(inner, outer);
    if (alternatives !== undefined) return compareAlternatives(this, alternatives, outer);
    const strange = compareTypes(this, inner, outer);
    if (strange.length > 0) return strange;
    const common = typesOf(inner);
    return [
      ...compareScalars(this, inner, outer),
      ...(mayBe(common, "array") ? compareArrays(this, inner, outer) : []),
      ...(mayBe(common, "object") ? compareObjects(this, inner, outer) : []),
      ...compareOpaque(this, inner, outer),
    ];
  }
}

/** Parts of a schema that all have to hold: its own keywords, each union, and the members of `allOf`. */
function conjunctsOf(schema: SchemaObject): readonly Schema[] {
  const { allOf, anyOf, oneOf, ...own } = schema;
  const unions = [...(anyOf === undefined ? [] : [{ anyOf }]), ...(oneOf === undefined ? [] : [{ oneOf }])];
  const parts: readonly Schema[] = [...(constraintsOf(own).length > 0 ? [own] : []), ...unions];
  if (allOf === undefined && parts.length < 2) return [schema];
  const all = [...parts, ...schemasIn(allOf)];
  return all.length === 0 ? [true] : all;
}

function shortest(tried: readonly (readonly SchemaBreak[])[]): readonly SchemaBreak[] {
  return tried.reduce((best, breaks) => (breaks.length < best.length ? breaks : best), tried[0] ?? []);
}
