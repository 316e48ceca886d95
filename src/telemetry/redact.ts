import { isSecretName } from "./is-secret-name.ts";
import { MASK, maskText } from "./mask-text.ts";

/** Objects inside each other at most; what is deeper is left out. */
const MAX_DEPTH = 8;
/** Fields or items of one object at most, and values of one whole line. */
const MAX_ITEMS = 100;
const MAX_VALUES = 2_000;
/** Longest text, UTF-16 code units. */
const MAX_TEXT = 8_000;
const LEFT_OUT = "[…]";

/**
 * A copy of a value that may be logged: plain JSON, bounded in size, credentials masked in every text and
 * every name, fields named like secrets masked whole. Whatever it is given, it does not throw.
 */
export function redact(value: unknown): unknown {
  return new Redaction().value(value, 0);
}

/** A text that may be logged: credentials masked, bounded in length. */
export function redactText(text: string): string {
  // Cut twice: first to bound the work, and far enough away that a credential at the edge is still recognised.
  const safe = maskText(text.length > 2 * MAX_TEXT ? text.slice(0, 2 * MAX_TEXT) : text);
  return safe.length > MAX_TEXT ? `${safe.slice(0, MAX_TEXT)}${LEFT_OUT}` : safe;
}

class Redaction {
  readonly #above = new Set<object>();
  #values = 0;

  value(value: unknown, depth: number): unknown {
    if (++this.#values > MAX_VALUES) return LEFT_OUT;
    if (typeof value === "string") return redactText(value);
    if (typeof value === "bigint") return String(value);
    if (typeof value === "symbol") return redactText(String(value));
    if (typeof value === "function") return "[function]";
    if (typeof value !== "object" || value === null) return value;
    if (depth === MAX_DEPTH || this.#above.has(value)) return LEFT_OUT;
    this.#above.add(value);
    try {
      return this.#object(value, depth + 1);
    } catch {
      // A getter or a proxy that throws.
      return "[unreadable]";
    } finally {
      this.#above.delete(value);
    }
  }

  #object(value: object, depth: number): unknown {
    if (value instanceof Error) return this.#error(value, depth);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
    if (value instanceof URL) return redactText(value.href);
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
    if (value instanceof Map || value instanceof Headers) return this.#fields([...value.entries()], depth);
    if (value instanceof Set) return this.#items([...value], depth);
    if (Array.isArray(value)) return this.#items(value, depth);
    return this.#fields(Object.entries(value), depth);
  }

  #items(items: readonly unknown[], depth: number): unknown {
    const safe = items.slice(0, MAX_ITEMS).map((item) => this.value(item, depth));
    return items.length > MAX_ITEMS ? [...safe, LEFT_OUT] : safe;
  }

  #fields(fields: readonly (readonly [unknown, unknown])[], depth: number): Record<string, unknown> {
    const safe: Record<string, unknown> = Object.create(null);
    for (const [key, field] of fields.slice(0, MAX_ITEMS)) {
      const name = typeof key === "string" ? key : String(this.value(key, depth));
      safe[redactText(name)] = isSecretName(name) ? this.#masked(field) : this.value(field, depth);
    }
    if (fields.length > MAX_ITEMS) safe[LEFT_OUT] = fields.length - MAX_ITEMS;
    return safe;
  }

  /** Whether there is a value at all may be seen. */
  #masked(field: unknown): unknown {
    return field === null || field === undefined || typeof field === "boolean" ? field : MASK;
  }

  #error(error: Error, depth: number): unknown {
    const own = Object.entries(error).filter(([name]) => name !== "stack");
    const parts: (readonly [string, unknown])[] = [
      ["name", error.name],
      ["message", error.message],
      ["stack", error.stack],
      ...own,
    ];
    if (error.cause !== undefined) parts.push(["cause", error.cause]);
    if (error instanceof AggregateError) parts.push(["errors", error.errors]);
    return this.#fields(parts, depth);
  }
}
