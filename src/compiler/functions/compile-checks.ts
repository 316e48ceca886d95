import type { CodeKeywordDefinition, KeywordCxt, Name, Options } from "ajv";
import { _, Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import { assert } from "../../kernel/assert.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { formatKeyword, stripKeyword } from "./keywords.ts";

/** Faults that one check collects: an answer shows no more, and a hostile body must not fill the memory. */
const MOST_ERRORS = 20;

const OPTIONS: Options = {
  strict: false,
  validateSchema: false,
  validateFormats: false,
  allErrors: true,
  useDefaults: true,
  messages: false,
  // It warns of `unicode`, which is meant.
  logger: false,
  // Zod counts UTF-16 code units and compiles patterns without flags.
  unicode: false,
  unicodeRegExp: false,
  code: { source: true, esm: true, lines: false },
};

/**
 * Compiles JSON schemas into the text of an ES module that exports a check for each name. The module imports from
 * Ajv only small helpers, if any.
 */
export function compileChecks(schemas: ReadonlyMap<string, JsonObject>): string {
  const ajv = new Ajv2020(OPTIONS);
  ajv.addKeyword(strip);
  ajv.addKeyword(format);
  for (const [name, schema] of schemas) ajv.addSchema(schema, name);
  const names = Object.fromEntries([...schemas.keys()].map((name) => [name, name]));
  return withBoundedErrors(standaloneCode(ajv, names));
}

/** Drops the fields that an object's `properties` do not name, as Zod does. */
const strip: CodeKeywordDefinition = {
  keyword: stripKeyword,
  type: "object",
  schemaType: "boolean",
  code({ gen, data, parentSchema }: KeywordCxt) {
    const properties = isJsonObject(parentSchema["properties"])
      ? Object.keys(parentSchema["properties"])
      : [];
    gen.forIn("field", data, (field: Name) => {
      const isUnknown = properties.reduce((test, name) => _`${test} && ${field} !== ${name}`, _`true`);
      gen.if(isUnknown, () => gen.code(_`delete ${data}[${field}]`));
    });
  },
};

/** Checks a text by the pattern that Zod uses for a format, and names the format in the fault. */
const format: CodeKeywordDefinition = {
  keyword: formatKeyword,
  type: "string",
  schemaType: "object",
  error: { message: "", params: ({ schema }) => _`{format: ${String(schema.format)}}` },
  code(context: KeywordCxt) {
    const { gen, data, schema } = context;
    const pattern = String(schema.pattern);
    const ref = new RegExp(pattern);
    const code = _`new RegExp(${pattern})`;
    const name = gen.scopeValue("pattern", { key: `${formatKeyword}:${pattern}`, ref, code });
    context.fail(_`!${name}.test(${data})`);
  },
};

/** Ajv collects every fault; its text is changed so that it stops keeping them after a number. */
function withBoundedErrors(code: string): string {
  const bounded = code
    .replaceAll(/vErrors\.push\((err\d+)\);/g, `vErrors.length < ${MOST_ERRORS} && vErrors.push($1);`)
    .replaceAll(/vErrors\.concat\((\w+)\.errors\)/g, `vErrors.concat($1.errors).slice(0, ${MOST_ERRORS})`);
  assert(!/[^&] vErrors\.push\(/.test(bounded), "Ajv's way to collect errors has changed");
  return bounded;
}
