import type { ValidationIssue, Validator } from "../../../artifact/function-ref.ts";
import { issuePath } from "./issue-path.ts";

/** A check as Ajv compiles it. */
export interface CompiledCheck {
  (value: unknown): boolean;
  /** What was wrong in the last run. */
  errors?: readonly (CheckError | undefined)[] | null;
}

/** One fault as compiled checks report it. */
export interface CheckError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Issues answered at most. */
const MOST_ISSUES = 20;
/** Says nothing that the faults of the alternatives do not say better. */
const SUMMARIES = new Set(["anyOf", "oneOf", "if"]);

/** A compiled check as a validator. */
export function compiledValidator(check: CompiledCheck): Validator {
  return (value) => {
    if (check(value)) return { ok: true, value };
    const errors = (check.errors ?? []).filter((error) => error !== undefined);
    const issues = errors.filter(({ keyword }) => !SUMMARIES.has(keyword)).map(toIssue);
    const shown = issues.length > 0 ? issues : errors.map(toIssue);
    return { ok: false, issues: shown.slice(0, MOST_ISSUES) };
  };
}

function toIssue({ instancePath, keyword, params }: CheckError): ValidationIssue {
  const steps = instancePath.split("/").slice(1).map(readStep);
  const missing = params["missingProperty"] ?? params["additionalProperty"];
  if (typeof missing === "string") steps.push(missing);
  return { path: issuePath(steps), message: describe(keyword, params) };
}

/** A step of a JSON pointer (RFC 6901). A field whose name is a number reads like an index: the value decides. */
function readStep(step: string): string | number {
  return /^(?:0|[1-9]\d*)$/.test(step) ? Number(step) : step.replaceAll("~1", "/").replaceAll("~0", "~");
}

function describe(keyword: string, params: Readonly<Record<string, unknown>>): string {
  const limit = String(params["limit"]);
  switch (keyword) {
    case "type":
      return `must be ${withArticle(params["type"])}`;
    case "required":
      return "is required";
    case "additionalProperties":
    case "unevaluatedProperties":
      return "is not known";
    case "enum":
      return `must be one of ${listed(params["allowedValues"])}`;
    case "const":
      return `must be ${JSON.stringify(params["allowedValue"])}`;
    case "minLength":
      return `must have at least ${counted(limit, "character")}`;
    case "maxLength":
      return `must have at most ${counted(limit, "character")}`;
    case "minItems":
      return `must have at least ${counted(limit, "item")}`;
    case "maxItems":
      return `must have at most ${counted(limit, "item")}`;
    case "minimum":
      return `must be at least ${limit}`;
    case "maximum":
      return `must be at most ${limit}`;
    case "exclusiveMinimum":
      return `must be more than ${limit}`;
    case "exclusiveMaximum":
      return `must be less than ${limit}`;
    case "multipleOf":
      return `must be a multiple of ${params["multipleOf"]}`;
    case "pattern":
      return `must match ${params["pattern"]}`;
    case "latchkeyFormat":
      return `must be a valid ${params["format"]}`;
    default:
      return "is not valid";
  }
}

function withArticle(type: unknown): string {
  const names = Array.isArray(type) ? type : [type];
  return names
    .map((name) => (/^[aeio]/.test(name) ? `an ${name}` : name === "null" ? name : `a ${name}`))
    .join(" or ");
}

function listed(values: unknown): string {
  return Array.isArray(values)
    ? values.map((value) => JSON.stringify(value)).join(", ")
    : "the allowed values";
}

function counted(limit: string, noun: string): string {
  return `${limit} ${noun}${limit === "1" ? "" : "s"}`;
}
