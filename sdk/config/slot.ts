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
  /** Present where a mistake was made on the way, so that nothing is known of the value. */
  readonly broken?: true;
}

/** Key under which a slot answers its reference; a symbol, so it can clash with no field's name. */
export const slotReference: unique symbol = Symbol.for("latchkey.slot-reference");

/** Key under which a slot answers the JSON schema of its value, as far as it is known. */
export const slotSchema: unique symbol = Symbol.for("latchkey.slot-schema");

/** Key under which a slot answers who is told of mistakes. */
export const slotMistakes: unique symbol = Symbol.for("latchkey.slot-mistakes");

/**
 * Told of a mistake with a slot, and again each time when something is made of what came of it. Prompt functions go on
 * after a mistake, so that all of them are found in one run; one that would not come to its end is stopped by throwing
 * the mistake from here.
 */
export type NoteMistake = (mistake: PromptMistake) => void;

/** A slot as the prompt helpers see it at compile time. */
export interface SlotHandle {
  readonly [slotReference]: SlotReference;
  readonly [slotSchema]: SlotSchema | undefined;
  readonly [slotMistakes]: NoteMistake;
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
  const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
  return isObject && Reflect.has(value, slotReference);
}

const own: ReadonlySet<string | symbol> = new Set([slotReference, slotSchema, slotMistakes]);

/**
 * Makes the slots that a prompt function runs on. Where one is used as a plain value or asked for an unknown field, the
 * mistake is noted, and something that can be gone on with is answered.
 */
export function createSlot(
  schema: SlotSchema | undefined,
  variable: number,
  path: readonly string[],
  note: NoteMistake,
): SlotHandle {
  const reference: SlotReference = { kind: "slot", variable, path };
  const name = path.join(".") || (variable === 0 ? "the input" : "the item");
  const broken = (mistake: PromptMistake, at = path): SlotHandle => {
    note(mistake);
    return createBrokenSlot({ kind: "slot", variable, path: at, broken: true }, mistake, note);
  };
  return new Proxy({} as SlotHandle, {
    has: (_, field) => own.has(field),
    get(_, field) {
      if (field === slotReference) return reference;
      if (field === slotSchema) return schema;
      if (field === slotMistakes) return note;
      if (typeof field === "symbol" || isConversion(field))
        return Reflect.get(broken(unknownValue(name)), field);
      const found = fieldSchema(schema, field, name);
      if (found instanceof PromptMistake)
        return broken(found, found.code === "LK1402" ? [...path, field] : path);
      return createSlot(found, variable, [...path, field], note);
    },
  });
}

/**
 * What comes of a mistake: it can be called, iterated, converted and asked for any field, and stays what it is. All that
 * is noted as the same mistake again.
 */
function createBrokenSlot(reference: SlotReference, mistake: PromptMistake, note: NoteMistake): SlotHandle {
  const slot: SlotHandle = new Proxy((() => {}) as unknown as SlotHandle, {
    has: (_, field) => own.has(field),
    apply: () => slot,
    get(_, field) {
      if (field === slotReference) return reference;
      if (field === slotSchema) return undefined;
      if (field === slotMistakes) return note;
      note(mistake);
      if (field === Symbol.iterator) return () => [][Symbol.iterator]();
      if (typeof field === "symbol") return field === Symbol.toPrimitive ? () => "" : undefined;
      return isConversion(field) ? () => "" : slot;
    },
  });
  return slot;
}

/** Methods that are called to make a plain value of something. */
function isConversion(field: string): boolean {
  return field === "toString" || field === "valueOf" || field === "toJSON";
}

function unknownValue(name: string, more = ""): PromptMistake {
  const message = `the value of ${name} is not known when the config is compiled`;
  return new PromptMistake("LK1403", more === "" ? message : `${message}, ${more}`);
}

function fieldSchema(
  schema: SlotSchema | undefined,
  field: string,
  name: string,
): SlotSchema | PromptMistake | undefined {
  const object = objectSchema(schema);
  if (object === undefined) return undefined;
  const found = object.properties?.[field];
  if (found !== undefined && Object.hasOwn(object.properties ?? {}, field)) return found;
  if (typeof object.additionalProperties === "object") return object.additionalProperties as SlotSchema;
  if (object.properties === undefined) return unknownValue(name, `so it has no ${field}`);
  return new PromptMistake(
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
