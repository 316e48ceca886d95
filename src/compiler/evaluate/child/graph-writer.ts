import { isSlot } from "../../../../sdk/config/slot.ts";
import type {
  ConfigGraph,
  DeclarationKind,
  GraphDeclaration,
  GraphFields,
  GraphSchema,
  GraphValue,
} from "../graph.ts";
import { runPrompt } from "./run-prompt.ts";
import { isZodSchema, writeSchema } from "./schema-writer.ts";
import { sitePositions } from "./site-positions.ts";
import { thrownText } from "./thrown-text.ts";

/** Plain objects inside each other at most: nothing in the language is nested so deep. */
const MAX_DEPTH = 32;

/** Declarations that hold what the config wrote in a field of its own. */
const OPTIONS_IN: Readonly<Partial<Record<DeclarationKind, string>>> = {
  provider: "settings",
  target: "options",
};

interface Declared {
  readonly kind: DeclarationKind;
  readonly site: string;
}

/** Turns what a config exports into data. Declarations and schemas are told apart by identity. */
export class GraphWriter {
  readonly #bundlePath: string;
  readonly #declarations: (GraphDeclaration | undefined)[] = [];
  readonly #declarationIds = new Map<object, number>();
  readonly #schemas: GraphSchema[] = [];
  readonly #schemaIds = new Map<object, number>();

  constructor(bundlePath: string) {
    this.#bundlePath = bundlePath;
  }

  /** The graph below a gateway; undefined where the value is no gateway. */
  write(root: unknown): ConfigGraph | undefined {
    if (!isDeclared(root) || root.kind !== "gateway") return undefined;
    this.#declaration(root);
    const declarations = this.#declarations.filter((declaration) => declaration !== undefined);
    return { declarations, schemas: this.#schemas };
  }

  /** A value in words that give nothing of it away. */
  describe(value: unknown): string {
    if (value === null || value === undefined) return String(value);
    if (isDeclared(value)) return `a ${value.kind}`;
    if (typeof value === "function") return "a function";
    if (Array.isArray(value)) return "a list";
    if (value instanceof Promise) return "a promise";
    if (isSlot(value)) return "a slot";
    if (typeof value === "object") return isPlain(value) ? "an object" : `a ${className(value)}`;
    return `a ${typeof value}`;
  }

  #declaration(declared: Declared & object): number {
    const known = this.#declarationIds.get(declared);
    if (known !== undefined) return known;
    const id = this.#declarations.length;
    this.#declarationIds.set(declared, id);
    this.#declarations.push(undefined);
    const { kind, ...members } = declared;
    const holder = OPTIONS_IN[kind];
    const options: unknown = holder === undefined ? members : Reflect.get(declared, holder);
    const head =
      holder === undefined
        ? {}
        : Object.fromEntries(Object.entries(members).filter(([name]) => name !== holder));
    const fields: Record<string, GraphValue> = {};
    for (const [name, value] of Object.entries(options ?? {})) {
      if (value !== undefined) define(fields, name, this.#option(declared, name, value));
    }
    const site = sitePositions(declared.site, this.#bundlePath);
    this.#declarations[id] = { kind, site, head: this.#fields(head, 0), fields };
    return id;
  }

  /** The two options that may be functions are called; everything else is data. */
  #option(declared: Declared, name: string, value: unknown): GraphValue {
    if (declared.kind === "app" && name === "uses" && typeof value === "function") return this.#called(value);
    if (declared.kind !== "endpoint" || name !== "prompt" || typeof value !== "function") {
      return this.#value(value, 0);
    }
    const input: unknown = Reflect.get(declared, "input");
    const schema = isZodSchema(input) ? this.#schemas[this.#schema(input)] : undefined;
    const slots = schema?.ok === true ? schema.output.json : {};
    const toSite = (stack: string): string => sitePositions(stack, this.#bundlePath);
    return {
      $: "prompt",
      outcome: runPrompt((slot) => Reflect.apply(value, undefined, [slot]), slots, toSite),
    };
  }

  #called(list: object): GraphValue {
    try {
      return this.#value(typeof list === "function" ? list() : null, 0);
    } catch (thrown) {
      const stack = thrown instanceof Error ? (thrown.stack ?? "") : "";
      return { $: "thrown", message: thrownText(thrown), site: sitePositions(stack, this.#bundlePath) };
    }
  }

  #value(value: unknown, depth: number): GraphValue {
    if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    if (isDeclared(value)) return { $: "declaration", id: this.#declaration(value) };
    if (isZodSchema(value)) return { $: "schema", index: this.#schema(value) };
    if (typeof value === "function") return { $: "function", name: value.name };
    if (typeof value !== "object") return { $: "other", what: this.describe(value) };
    if (depth === MAX_DEPTH) return { $: "other", what: "something that is nested too deeply" };
    if (Array.isArray(value)) return value.map((item) => this.#value(item, depth + 1));
    const prototype = writtenPrototype(value);
    if (prototype === undefined && !isPlain(value)) return { $: "other", what: this.describe(value) };
    const fields = this.#fields(value, depth + 1);
    if (prototype === undefined) return { $: "object", fields };
    const withPrototype = {};
    define(withPrototype, "__proto__", this.#value(prototype, depth + 1));
    for (const [name, field] of Object.entries(fields)) define(withPrototype, name, field);
    return { $: "object", fields: withPrototype };
  }

  #fields(object: object, depth: number): GraphFields {
    const fields: Record<string, GraphValue> = {};
    for (const [name, value] of Object.entries(object)) {
      if (value !== undefined) define(fields, name, this.#value(value, depth));
    }
    return fields;
  }

  #schema(schema: object): number {
    const known = this.#schemaIds.get(schema);
    if (known !== undefined) return known;
    const index = this.#schemas.length;
    this.#schemaIds.set(schema, index);
    this.#schemas.push(writeSchema(schema));
    return index;
  }
}

/** As a field of its own even where the name is `__proto__`. */
function define(fields: Record<string, GraphValue>, name: string, value: GraphValue): void {
  Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true });
}

function isDeclared(value: unknown): value is Declared & object {
  if ((typeof value !== "object" && typeof value !== "function") || value === null || isSlot(value))
    return false;
  // Not what is inherited: `{ __proto__: app({ … }) }` is no application.
  if (!Object.hasOwn(value, "kind") || !Object.hasOwn(value, "site")) return false;
  return typeof Reflect.get(value, "kind") === "string" && typeof Reflect.get(value, "site") === "string";
}

/**
 * What an object literal says under `__proto__`, which no field holds then: a prototype that no class made. It is told as
 * the field that was meant, so that its name can be found fault with.
 */
function writtenPrototype(value: object): object | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  const isObject = typeof prototype === "object" || typeof prototype === "function";
  if (!isObject || prototype === null || Object.hasOwn(prototype, "constructor")) return undefined;
  return Object.prototype.toString.call(value) === "[object Object]" ? prototype : undefined;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

function className(value: object): string {
  return /^\w+$/.exec(value.constructor?.name ?? "")?.[0] ?? "value of a class";
}
