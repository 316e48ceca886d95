declare const slotValue: unique symbol;

/**
 * Stands for a value of the endpoint's input that is known only when a call comes in. It is no string and no
 * number: what can be done with it is to put it into a prompt.
 */
export interface Slot<out T> {
  readonly [slotValue]: T;
}

type Scalar = string | number | boolean | bigint | Date | null | undefined;

/** The slots of an input type: each field a slot, objects also by their fields. */
export type Slots<T> = [T] extends [Scalar]
  ? Slot<T>
  : [T] extends [readonly unknown[]]
    ? Slot<T>
    : [T] extends [object]
      ? Slot<T> & { readonly [Field in keyof T]-?: Slots<T[Field]> }
      : Slot<T>;

/** Where a slot's value is found: in the input (`variable` 0) or in an item of a list or optional part. */
export interface SlotReference {
  readonly kind: "slot";
  readonly variable: number;
  readonly path: readonly string[];
}

/** Key under which a slot answers its reference; a symbol, so it can clash with no field's name. */
export const slotReference: unique symbol = Symbol.for("latchkey.slot-reference");

/** Key under which a slot answers the JSON schema of its value, as far as it is known. */
export const slotSchema: unique symbol = Symbol.for("latchkey.slot-schema");

/** A slot as the prompt helpers see it at compile time. */
export interface SlotHandle {
  readonly [slotReference]: SlotReference;
  readonly [slotSchema]: SlotSchema | undefined;
}

/** The part of JSON Schema that says which fields a value has. */
export interface SlotSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, SlotSchema>>;
  readonly items?: SlotSchema;
  readonly anyOf?: readonly SlotSchema[];
  readonly additionalProperties?: unknown;
  readonly [keyword: string]: unknown;
}

/** A mistake in a prompt function that only shows when it runs. */
export class PromptMistake extends Error {
  override readonly name = "PromptMistake";
  /** Diagnostic code of the compiler. */
  readonly code: string;
  /** Field names that exist where the mistake was made, for a suggestion. */
  readonly candidates: readonly string[];
  /** The text that was wrong, such as the unknown field's name. */
  readonly subject: string;

  constructor(code: string, message: string, subject = "", candidates: readonly string[] = []) {
    super(message);
    this.code = code;
    this.subject = subject;
    this.candidates = candidates;
  }
}

/** Whether a value is a slot, made by this copy of the package or another one. */
export function isSlot(value: unknown): value is SlotHandle {
  return typeof value === "object" && value !== null && Reflect.has(value, slotReference);
}

/**
 * Makes the slots that a prompt function runs on.
 * @throws PromptMistake from the slot itself when it is used as a plain value or asked for an unknown field.
 */
export function createSlot(
  schema: SlotSchema | undefined,
  variable: number,
  path: readonly string[],
): SlotHandle {
  const reference: SlotReference = { kind: "slot", variable, path };
  const name = path.length === 0 ? "the input" : path.join(".");
  return new Proxy({} as SlotHandle, {
    has: (_, field) => field === slotReference || field === slotSchema,
    get(_, field) {
      if (field === slotReference) return reference;
      if (field === slotSchema) return schema;
      if (typeof field === "symbol" || field === "toString" || field === "valueOf" || field === "toJSON") {
        throw unknownValue(name);
      }
      return createSlot(fieldSchema(schema, field, name), variable, [...path, field]);
    },
  });
}

function unknownValue(name: string, more = ""): PromptMistake {
  const message = `the value of ${name} is not known when the config is compiled`;
  return new PromptMistake("LK1403", more === "" ? message : `${message}, ${more}`);
}

function fieldSchema(schema: SlotSchema | undefined, field: string, name: string): SlotSchema | undefined {
  const object = objectSchema(schema);
  if (object === undefined) return undefined;
  const found = object.properties?.[field];
  if (found !== undefined && Object.hasOwn(object.properties ?? {}, field)) return found;
  if (typeof object.additionalProperties === "object") return object.additionalProperties as SlotSchema;
  if (object.properties === undefined) throw unknownValue(name, `so it has no ${field}`);
  throw new PromptMistake(
    "LK1402",
    `${name} has no field ${JSON.stringify(field)}`,
    field,
    Object.keys(object.properties ?? {}),
  );
}

function objectSchema(schema: SlotSchema | undefined): SlotSchema | undefined {
  if (schema === undefined) return undefined;
  if (schema.anyOf !== undefined) {
    const real = schema.anyOf.filter((option) => option.type !== "null");
    return real.length === 1 ? objectSchema(real[0]) : undefined;
  }
  return schema.properties !== undefined || schema.type !== undefined ? schema : undefined;
}
