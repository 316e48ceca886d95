import fc from "fast-check";
import { z } from "zod";

const bounds = fc.tuple(fc.integer({ min: -500, max: 500 }), fc.nat({ max: 50 }));

const text: fc.Arbitrary<z.ZodType> = fc.oneof(
  fc.constant(z.string()),
  fc.nat({ max: 30 }).map((most) => z.string().max(most)),
  fc.nat({ max: 200 }).map((least) => z.string().min(least)),
  fc.nat({ max: 40 }).map((length) => z.string().length(length)),
  fc.constantFrom<z.ZodType>(
    z.email(),
    z.uuid(),
    z.url(),
    z.iso.datetime(),
    z.iso.datetime({ offset: true }),
    z.iso.date(),
    z.iso.time(),
    z.ipv4(),
    z.ipv6(),
    z.hostname(),
    z.cuid2(),
    z.ulid(),
    z.nanoid(),
    z.e164(),
    z.base64(),
    z.string().startsWith("ab"),
    z.string().endsWith("yz"),
    z.string().includes("mid"),
    z.string().startsWith("ab").includes("mid").endsWith("yz"),
    z.string().regex(/^[A-Z]{2}-\d{3,5}$/),
    z.string().regex(/^\w+$/).min(12).max(13),
    z.string().regex(/^(?=.*[A-Z])(?=.*\d).{8,}$/),
    z.templateLiteral(["v", z.number(), "-", z.enum(["a", "b"])]),
  ),
);

const number: fc.Arbitrary<z.ZodType> = fc.oneof(
  fc.constantFrom<z.ZodType>(z.number(), z.int(), z.int32(), z.uint32(), z.float32(), z.number().positive()),
  bounds.map(([low, span]) =>
    z
      .number()
      .min(low)
      .max(low + span),
  ),
  bounds.map(([low, span]) =>
    z
      .int()
      .min(low)
      .max(low + span),
  ),
  bounds.map(([low, span]) =>
    z
      .number()
      .gt(low)
      .lt(low + span + 0.5),
  ),
  fc.integer({ min: 1, max: 90 }).map((step) => z.int().multipleOf(step).min(0).max(100)),
  fc.constantFrom(0.1, 0.25, 0.01).map((step) => z.number().multipleOf(step).min(0).max(1)),
);

const leaf: fc.Arbitrary<z.ZodType> = fc.oneof(
  text,
  number,
  fc.constantFrom<z.ZodType>(
    z.boolean(),
    z.null(),
    z.literal("x"),
    z.literal([4, "y"]),
    z.enum(["a", "b", "c"]),
    z.any(),
  ),
);

const tree = z.object({
  name: z.string(),
  get children() {
    return z.array(tree);
  },
  get parent() {
    return z.nullable(tree).optional();
  },
});
const chain = z.object({
  get next(): z.ZodType {
    return z.union([chain, z.object({ end: z.literal(true) })]);
  },
});

/** Random schemas as teams write them, all of which have instances. */
export const zodSchema: fc.Arbitrary<z.ZodType> = fc.letrec<{ any: z.ZodType }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    { weight: 4, arbitrary: leaf },
    fc
      .dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), tie("any"), { maxKeys: 4, noNullPrototype: true })
      .chain((shape) =>
        fc.constantFrom<z.ZodType>(
          z.object(shape),
          z.strictObject(shape),
          z.object(shape).partial(),
          z.looseObject(shape),
        ),
      ),
    fc.tuple(tie("any"), fc.nat({ max: 3 })).map(([item, least]) =>
      z
        .array(item)
        .min(least)
        .max(least + 2),
    ),
    tie("any").map((inner) => z.nullable(inner)),
    tie("any").map((inner) => z.record(z.string(), inner)),
    tie("any").map((inner) => z.record(z.enum(["k1", "k2"]), inner)),
    fc.tuple(tie("any"), tie("any")).map(([a, b]) => z.union([a, b])),
    fc.tuple(leaf, leaf).map(([a, b]) => z.tuple([a, b])),
    fc.tuple(leaf, leaf, leaf).map(([a, b, rest]) => z.tuple([a, b], rest)),
    fc
      .tuple(tie("any"), tie("any"))
      .map(([a, b]) => z.intersection(z.object({ left: a }), z.object({ right: b }))),
    fc
      .tuple(tie("any"), tie("any"))
      .map(([a, b]) =>
        z.discriminatedUnion("kind", [
          z.object({ kind: z.literal("a"), a }),
          z.object({ kind: z.literal("b"), b }),
        ]),
      ),
    fc.constantFrom<z.ZodType>(tree, chain),
  ),
})).any;
