import type { Json } from "../../../kernel/json.ts";
import { makeValue } from "./make-value.ts";
import { createRandom } from "./random.ts";
import { SchemaDocument } from "./schema-document.ts";

/** What an instance is filled with. */
export interface InstanceOptions {
  /** Texts are taken from it where the schema lets them. */
  readonly text: string;
  /** Decides all other choices: the same seed, the same instance. */
  readonly seed: number;
}

/**
 * An instance of a JSON Schema (draft 2020-12), checked against it.
 * @throws SchemaError naming the part of the schema for which no value was found.
 */
export function makeInstance(schema: unknown, { text, seed }: InstanceOptions): Json {
  const document = new SchemaDocument(schema);
  const random = createRandom(seed);
  return makeValue([document.root], { document, random, text, variety: 0, depth: 0, entered: [] });
}
