import fc from "fast-check";

/** Numbers as JSON may spell them, whatever a double makes of them. */
export const spelledNumbers: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "12345678901234567890",
    "-0",
    "1.0",
    "1e400",
    "-1E-400",
    "1E2",
    "0.10",
    "1e+2",
    "0e0",
    "-0.0",
  ),
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map(String),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => JSON.stringify(value)),
  fc.integer().map(String),
  fc
    .tuple(
      fc.constantFrom("", "-"),
      fc.bigInt({ min: 0n, max: 10n ** 20n }),
      fc.stringMatching(/^(\.\d{1,20})?$/),
      fc.stringMatching(/^([eE][+-]?\d{1,4})?$/),
    )
    .map(([sign, whole, fraction, exponent]) => sign + whole + fraction + exponent),
);

/** Names that are no array indexes, which a JSON object of JavaScript's puts in another order. */
const names = fc.oneof(
  fc.string({ maxLength: 6 }).filter((name) => !/^\d+$/.test(name)),
  fc.constantFrom("__proto__", "constructor", "input", "args", "rawJSON", "toJSON", "n"),
);

const texts = fc.oneof(
  fc.string({ maxLength: 12, unit: "grapheme" }),
  fc.constantFrom(': 1.0, "', "[1e5,", '"\\u0031'),
);

const { value } = fc.letrec<{ readonly value: string; readonly object: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    spelledNumbers,
    spelledNumbers,
    texts.map((text) => JSON.stringify(text)),
    fc.constantFrom("true", "false", "null"),
    fc.array(tie("value"), { maxLength: 4 }).map((items) => `[${items.join(",")}]`),
    objects(tie("value")),
  ),
  object: objects(tie("value")),
}));

function objects(values: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .uniqueArray(fc.tuple(names, values), { selector: ([name]) => name, maxLength: 4 })
    .map((members) => `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(",")}}`);
}

/** JSON texts without white space, in which nothing is spelled in two ways but numbers. */
export const spelledValues: fc.Arbitrary<string> = value;

/** The same, of objects. */
export const spelledObjects: fc.Arbitrary<string> = objects(value);
