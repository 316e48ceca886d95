import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { ArtifactOperation, ArtifactParameter } from "../../artifact/artifact.ts";
import type { RequestHeaders } from "../../http/exchange.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { findJsonFault } from "../../kernel/json-names.ts";

/** A request as far as it is checked. */
export interface CheckedRequest {
  /** Values of the path's parameters in order, as they were sent. */
  readonly parameters: readonly string[];
  readonly query: string;
  readonly headers: RequestHeaders;
  readonly body: Uint8Array;
}

/** What is wrong with a request; undefined where it is as it should be. Never throws. */
export type RequestCheck = (request: CheckedRequest) => LatchkeyError | undefined;

type Schema = Readonly<Record<string, unknown>>;
type SchemaCheck = (value: unknown, where: string) => LatchkeyError | undefined;

/** Ajv keeps what it makes by the schema's own object, so that equal ones are made once for each artifact. */
const ajv = new Ajv2020({
  strict: false,
  strictNumbers: true,
  allErrors: false,
  validateFormats: true,
  logger: false,
});
addFormats.default(ajv);

/**
 * Prepares the check of requests to one operation. A schema's functions are made when it is first needed: making those of
 * a large API at once would hold up the requests of its thread.
 */
export function requestCheck(path: string, { parameters, body }: ArtifactOperation): RequestCheck {
  const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => name);
  const readers = parameters.map((parameter) => parameterCheck(parameter, names));
  const checkBody = body === null ? undefined : bodyCheck(body);
  return (request) => {
    try {
      for (const check of readers) {
        const error = check(request);
        if (error !== undefined) return error;
      }
      return checkBody?.(request);
    } catch (thrown) {
      // Values that nest deeper than there is room for, and schemas that are none.
      return thrown instanceof RangeError
        ? mismatch("body", "is nested too deeply")
        : new LatchkeyError("LK-5001", undefined, {
            cause: thrown,
            internal: "an operation cannot be checked",
          });
    }
  };
}

function parameterCheck(parameter: ArtifactParameter, names: readonly string[]): RequestCheck {
  const { name, required, list, schema } = parameter;
  const where = `${parameter.in}.${name}`;
  const check = schemaCheck(schema);
  const index = names.indexOf(name);
  return (request) => {
    const raw = valuesOf(parameter, index, request);
    if (raw.length === 0) return required ? mismatch(where, "is required") : undefined;
    if (list === null && raw.length > 1) return mismatch(where, "occurs twice");
    const values = list === "commas" ? raw.flatMap((text) => text.split(",")) : raw;
    for (const text of values) {
      const error = check(readAs(schema, text.trim()), where);
      if (error !== undefined) return error;
    }
    return undefined;
  };
}

function valuesOf(
  { name, in: place }: ArtifactParameter,
  index: number,
  { parameters, query, headers }: CheckedRequest,
): readonly string[] {
  if (place === "query")
    return query.includes(name) || query.includes("%") || query.includes("+")
      ? new URLSearchParams(query).getAll(name)
      : [];
  const value = place === "header" ? headers.get(name.toLowerCase()) : decoded(parameters[index]);
  return value === null || value === undefined ? [] : [value];
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return text;
  }
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** A text as the value that its schema speaks of. */
function readAs({ type }: Schema, text: string): unknown {
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  const isNumber = types.includes("number") || types.includes("integer");
  if (isNumber && NUMBER.test(text)) return Number(text);
  if (types.includes("boolean") && (text === "true" || text === "false")) return text === "true";
  return types.includes("null") && text === "" ? null : text;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function bodyCheck({ required, content }: NonNullable<ArtifactOperation["body"]>): RequestCheck {
  const types = content.map(({ mediaType, schema }) => ({
    matches: mediaTypeTest(mediaType),
    isJson: /[/+]json$/i.test(mediaType),
    check: schema === null ? undefined : schemaCheck(schema),
  }));
  return ({ body, headers }) => {
    if (body.length === 0) return required ? mismatch("body", "is required") : undefined;
    const sent = (headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
    const type = types.find(({ matches }) => matches(sent));
    if (type === undefined) return mismatch("header.content-type", "is none that is taken here");
    if (!type.isJson || type.check === undefined) return undefined;
    let value: unknown;
    try {
      value = JSON.parse(decoder.decode(body));
    } catch {
      return mismatch("body", "is not JSON in UTF-8");
    }
    // The server behind may take the other one of two members of the same name.
    const twice = findJsonFault(body, "duplicate");
    if (twice !== undefined) return mismatch(["body", ...twice.path].join("."), "occurs twice");
    return type.check(value, "body");
  };
}

function mediaTypeTest(pattern: string): (type: string) => boolean {
  const lower = pattern.toLowerCase();
  if (lower === "*/*") return () => true;
  if (!lower.endsWith("/*")) return (type) => type === lower;
  const start = lower.slice(0, -1);
  return (type) => type.startsWith(start);
}

function schemaCheck(schema: Schema): SchemaCheck {
  let validate: ValidateFunction | undefined;
  return (value, where) => {
    validate ??= ajv.compile({ ...schema });
    if (validate(value) === true) return undefined;
    const [first] = validate.errors ?? [];
    return mismatch(`${where}${fieldOf(first?.instancePath ?? "")}`, first?.message ?? "is not allowed");
  };
}

/** A JSON pointer as people write a field: `.items[0].name`. */
function fieldOf(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`))
    .join("");
}

function mismatch(param: string, words: string): LatchkeyError {
  return new LatchkeyError("LK-2120", `The field ${param} ${words}.`, { param });
}
