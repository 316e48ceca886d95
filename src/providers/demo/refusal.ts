import type { HeaderPair } from "./answer.ts";

/** What an error body says beside its message. */
export interface RefusalDetails {
  readonly status?: number;
  readonly type?: string;
  readonly code?: string;
  readonly param?: string;
  readonly headers?: readonly HeaderPair[];
}

/**
 * An answer of the demo provider that is an error of OpenAI's shape: the provider plays an upstream, so it
 * speaks as one.
 * Wire format: https://platform.openai.com/docs/guides/error-codes
 */
export class DemoRefusal extends Error {
  override readonly name = "DemoRefusal";
  readonly status: number;
  readonly headers: readonly HeaderPair[];
  readonly #details: RefusalDetails;

  constructor(message: string, details: RefusalDetails = {}) {
    super(message);
    this.status = details.status ?? 400;
    this.headers = details.headers ?? [];
    this.#details = details;
  }

  /** The error body. */
  get body(): string {
    const { type, code, param } = this.#details;
    const error = {
      message: this.message,
      type: type ?? "invalid_request_error",
      param: param ?? null,
      code: code ?? null,
    };
    return JSON.stringify({ error });
  }
}

/** A field that is missing. */
export function missing(param: string): DemoRefusal {
  return new DemoRefusal(`\`${param}\` is missing.`, { param, code: "missing_required_parameter" });
}

/** A field of the wrong type. */
export function wrongType(param: string, expected: string, value: unknown): DemoRefusal {
  return new DemoRefusal(`\`${param}\` has to be ${expected}, but it is ${typeName(value)}.`, {
    param,
    code: "invalid_type",
  });
}

/** A field of the right type whose value cannot be used. */
export function wrongValue(param: string, reason: string): DemoRefusal {
  return new DemoRefusal(`\`${param}\` ${reason}.`, { param, code: "invalid_value" });
}

/** A field that the demo provider does not support. */
export function unsupported(param: string, reason: string): DemoRefusal {
  return new DemoRefusal(`The demo provider does not support \`${param}\`: ${reason}.`, {
    param,
    code: "unsupported_parameter",
  });
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number") return Number.isInteger(value) ? "an integer" : "a number";
  return (
    { string: "a string", boolean: "a boolean", object: "an object" }[typeof value as string] ?? "nothing"
  );
}
