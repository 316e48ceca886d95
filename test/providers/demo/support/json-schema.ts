import fc from "fast-check";

/** The linter takes an object with this member for a promise. */
const consequence = "then";

type Schema = boolean | Record<string, unknown>;

const names = fc.constantFrom("a", "b", "cd");
const small = fc.integer({ min: 0, max: 4 });
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });

/** JSON without what JSON.stringify would leave out. */
const record = (shape: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .record(Object.fromEntries(Object.entries(shape).map(([name, value]) => [name, maybe(value)])))
    .map((made) => Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined)));

/** Values that the schemas below speak of. */
export const smallJson: fc.Arbitrary<unknown> = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(null, true, false, "", "a", "bb", "Abc1", "a b", 0, 1, 2, 3, 4.5, -1, 10),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(names, tie("any"), { maxKeys: 3, noNullPrototype: true }),
  ),
})).any;

const leaf: fc.Arbitrary<Schema> = fc.oneof(
  fc.constantFrom<Schema>(true, {}, { type: "null" }, { type: "boolean" }),
  record({
    type: fc.constantFrom("number", "integer", ["integer", "null"]),
    minimum: fc.integer({ min: -5, max: 5 }),
    maximum: fc.integer({ min: -2, max: 9 }),
    exclusiveMinimum: fc.integer({ min: -5, max: 5 }),
    exclusiveMaximum: fc.integer({ min: 0, max: 9 }),
    multipleOf: fc.constantFrom(1, 2, 3, 0.5, 0.25),
  }),
  record({
    type: fc.constantFrom("string", ["string", "null"]),
    minLength: small,
    maxLength: fc.integer({ min: 2, max: 9 }),
    pattern: fc.constantFrom("^[a-z]+$", "b", "^A", "c1$", "^[^ ]*$", "^(?=.*\\d).+$"),
  }),
  fc.array(smallJson, { minLength: 1, maxLength: 4 }).map((values) => ({ enum: values })),
  smallJson.map((value) => ({ const: value })),
);

/** Ajv finds in arrays shorter than `prefixItems` what `contains` asks for, although it is not there. */
function withoutAjvMistake({ contains, ...schema }: Record<string, unknown>): Record<string, unknown> {
  return contains === undefined || schema["prefixItems"] !== undefined ? schema : { ...schema, contains };
}

/** Random JSON Schemas, many of which have no instance. */
export const jsonSchema: fc.Arbitrary<Schema> = fc.letrec<{ any: Schema; object: Schema; array: Schema }>(
  (tie) => {
    const branches = fc.array(tie("any"), { minLength: 1, maxLength: 3 });
    return {
      object: record({
        type: fc.constant("object"),
        properties: fc.dictionary(names, tie("any"), { maxKeys: 3, noNullPrototype: true }),
        required: fc.uniqueArray(names, { maxLength: 2 }),
        additionalProperties: fc.oneof(fc.boolean(), tie("any")),
        patternProperties: fc.dictionary(fc.constantFrom("^c", "b"), tie("any"), {
          maxKeys: 1,
          noNullPrototype: true,
        }),
        propertyNames: fc.constantFrom({ minLength: 1 }, { pattern: "^[a-z0-9]+$" }, { enum: ["a", "b"] }),
        minProperties: fc.integer({ min: 0, max: 2 }),
        maxProperties: fc.integer({ min: 1, max: 4 }),
        dependentRequired: fc.constantFrom({ a: ["b"] }, { b: ["cd"] }),
      }),
      array: record({
        type: fc.constant("array"),
        items: tie("any"),
        prefixItems: branches,
        minItems: fc.integer({ min: 0, max: 3 }),
        maxItems: fc.integer({ min: 1, max: 5 }),
        uniqueItems: fc.boolean(),
        contains: fc.constantFrom<Schema>({ type: "string" }, { const: 1 }),
      }).map(withoutAjvMistake),
      any: fc.oneof(
        { maxDepth: 3 },
        { weight: 4, arbitrary: leaf },
        { weight: 3, arbitrary: tie("object") },
        { weight: 2, arbitrary: tie("array") },
        {
          weight: 1,
          arbitrary: record({
            items: tie("any"),
            contains: leaf,
            minContains: small,
            maxContains: small,
            maxItems: small,
          }),
        },
        {
          weight: 2,
          arbitrary: record({ anyOf: branches, oneOf: branches, allOf: branches }),
        },
        { weight: 1, arbitrary: record({ not: leaf, type: fc.constantFrom("string", "number", "object") }) },
        { weight: 1, arbitrary: record({ if: leaf, [consequence]: tie("any"), else: tie("any") }) },
      ),
    };
  },
).any;
