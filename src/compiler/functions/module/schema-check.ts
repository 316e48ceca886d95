import { stripKeyword } from "../keywords.ts";
import { type Check, type CheckedSchema, isObject } from "./check.ts";
import { checkAlternatives, checkByType } from "./check-alternatives.ts";
import { checkList } from "./check-list.ts";
import { checkObject } from "./check-object.ts";
import { checkNumber, checkOneOf, checkText, checkType } from "./check-scalar.ts";

/** Turns a schema into functions, once; every value is then checked without looking at the schema again. */
export function schemaCheck(root: CheckedSchema): Check {
  return new CheckBuilder(root).check(root);
}

/** Alternatives are tried with a builder of their own, whose checks change nothing. */
class CheckBuilder {
  readonly #root: CheckedSchema;
  readonly #isTrial: boolean;
  readonly #referred = new Map<string, Check>();

  constructor(root: CheckedSchema, isTrial = false) {
    this.#root = root;
    this.#isTrial = isTrial;
  }

  check(schema: unknown): Check {
    if (!isObject(schema)) return schema === false ? nothing : anything;
    const all = this.#checks(schema);
    const [first = anything] = all;
    if (all.length < 2) return first;
    return (value, found) => all.reduce((passed, check) => check(passed, found), value);
  }

  #checks(schema: CheckedSchema): readonly Check[] {
    const { $ref, enum: values, anyOf, oneOf, allOf } = schema;
    const checks: Check[] = [];
    if (typeof $ref === "string") checks.push(this.#reference($ref));
    if (Array.isArray(values)) checks.push(checkOneOf(values));
    else if ("const" in schema) checks.push(checkOneOf([schema["const"]]));
    else checks.push(...this.#typed(schema));
    if (Array.isArray(anyOf)) checks.push(this.#alternatives(anyOf, false));
    if (Array.isArray(oneOf)) checks.push(this.#alternatives(oneOf, true));
    if (Array.isArray(allOf)) checks.push(...allOf.map((part) => this.check(withType(part, schema["type"]))));
    if ("not" in schema) checks.push(nothing);
    return checks;
  }

  #typed(schema: CheckedSchema): readonly Check[] {
    const { type: types } = schema;
    if (Array.isArray(types)) {
      const byType = types.map((type) => [String(type), this.check({ ...schema, type })] as const);
      return [checkByType(new Map(byType))];
    }
    switch (schema["type"]) {
      case "string":
        return [checkText(schema)];
      case "number":
      case "integer":
        return [checkNumber(schema)];
      case "boolean":
        return [checkType("must be true or false", (value) => typeof value === "boolean")];
      case "null":
        return [checkType("must be null", (value) => value === null)];
      case "array":
        return [checkList(schema, "items" in schema ? this.check(schema["items"]) : undefined)];
      case "object":
        return [this.#object(schema)];
      default:
        return [];
    }
  }

  #alternatives(options: readonly unknown[], exactlyOne: boolean): Check {
    const builder = this.#isTrial ? this : new CheckBuilder(this.#root, true);
    return checkAlternatives(
      options.map((option) => builder.check(option)),
      exactlyOne,
    );
  }

  #object(schema: CheckedSchema): Check {
    const { properties = {}, additionalProperties: others, propertyNames: names } = schema;
    const fields = isObject(properties) ? Object.entries(properties) : [];
    return checkObject({
      schema,
      properties: new Map(fields.map(([name, field]) => [name, this.check(field)])),
      defaults: new Map(
        fields.flatMap(([name, field]) =>
          isObject(field) && "default" in field ? [[name, field["default"]]] : [],
        ),
      ),
      others: others === false ? null : isObject(others) ? this.check(others) : undefined,
      names: names === undefined ? undefined : this.check(names),
      isStripped: schema[stripKeyword] === true,
      isTrial: this.#isTrial,
    });
  }

  /** Looked up when first used, since a schema may refer to itself. */
  #reference(pointer: string): Check {
    return (value, found) => {
      let check = this.#referred.get(pointer);
      if (check === undefined) {
        check = this.check(this.#resolve(pointer));
        this.#referred.set(pointer, check);
      }
      return check(value, found);
    };
  }

  #resolve(pointer: string): unknown {
    const steps = pointer.split("/").slice(1);
    return steps.reduce<unknown>((schema, step) => {
      const name = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
      return isObject(schema) ? schema[name] : undefined;
    }, this.#root);
  }
}

const anything: Check = (value) => value;
const nothing: Check = checkType("must not be there", () => false);

/** Several patterns of one text stand without its type. */
function withType(part: unknown, type: unknown): unknown {
  return isObject(part) && part["type"] === undefined && type !== undefined ? { type, ...part } : part;
}
